import { act, render } from "@testing-library/react";
import { PointerEventsCheckLevel, userEvent } from "@testing-library/user-event";
import { onTestFinished } from "vitest";
import { createAppQueryClient } from "@/api/query-client";
import { Providers } from "@/app/providers";
import { createAppRouter } from "@/app/router";
import { leaveWhenSignedOut } from "@/app/signed-out";

/** The whole application at an address, as `main.tsx` starts it; failures are asked again without a pause. */
export async function renderApp(path: string) {
  window.history.replaceState(null, "", path);
  const queryClient = createAppQueryClient();
  const { queries = {}, ...others } = queryClient.getDefaultOptions();
  queryClient.setDefaultOptions({ ...others, queries: { ...queries, retryDelay: 0 } });
  const router = createAppRouter(queryClient);
  const stopLeaving = leaveWhenSignedOut(router, queryClient);
  const user = userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });
  const view = render(<Providers queryClient={queryClient} router={router} />);
  await act(() => router.load());
  onTestFinished(() => {
    view.unmount();
    stopLeaving();
    queryClient.clear();
    router.history.destroy();
  });
  return { user, router, queryClient };
}

/** The query of the address bar. */
export function addressQuery(): Record<string, string[]> {
  const params = new URLSearchParams(window.location.search);
  return Object.fromEntries([...new Set(params.keys())].map((key) => [key, params.getAll(key)]));
}
