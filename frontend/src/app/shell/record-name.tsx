import { CatchBoundary } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense } from "react";
import type { PageName } from "@/app/shell/navigation";
import { readId } from "@/url/read-search";

/** With their pages: the first load has no room for them. */
const names: { readonly [page in PageName]?: ComponentType<{ id: number }> } = {
  stores: lazy(() => import("@/features/stores/store-name")),
  merchants: lazy(() => import("@/features/merchants/merchant-name")),
  orders: lazy(() => import("@/features/orders/order-name")),
  letzshop: lazy(() => import("@/features/letzshop/run-name")),
};

/** What the record on a page is called; its number as long as nothing else is known. */
export function RecordName({ page, text }: { page: PageName; text: string }) {
  const Name = names[page];
  const id = readId(text);
  const number = `#${text}`;
  if (!Name || id === undefined) return number;
  return (
    // A name that cannot be loaded takes nothing else of the header with it.
    <CatchBoundary getResetKey={() => text} errorComponent={() => number}>
      <Suspense fallback={number}>
        <Name id={id} />
      </Suspense>
    </CatchBoundary>
  );
}
