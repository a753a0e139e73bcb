import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import type { AppRouter } from "@/app/router";
import { theme } from "@/theme/mantine-theme";
import { styleNonce } from "@/theme/style-nonce";
import { Announcer } from "@/ui/announcer";
import { ToastRegion } from "@/ui/toast-region";

const colorSchemes = localStorageColorSchemeManager({ key: "tocsin-color-scheme" });

export function Providers({ queryClient, router }: { queryClient: QueryClient; router: AppRouter }) {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
      withStaticClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <ToastRegion />
      <Announcer />
    </MantineProvider>
  );
}
