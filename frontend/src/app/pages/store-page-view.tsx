import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Store } from "@/api/types";
import { StoreDialogs } from "@/app/pages/store-page-dialogs";
import { StoreHeader } from "@/app/pages/store-page-header";
import { withoutStore } from "@/app/pages/store-page-search";
import { StoreStats } from "@/app/pages/store-page-stats";
import { useStoreTabs } from "@/app/pages/store-page-tabs";
import { type InboxAddress, InboxAddressContext } from "@/inbox/inbox-address";
import { readInboxSearch } from "@/inbox/search";
import { TabPanel } from "@/ui/tab-panel";

const route = getRouteApi("/app/stores/$id");

export function StoreView({ store }: { store: Store }) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <InboxAddressContext value={useStoreAddress(store.id)}>
      <StoreHeader store={store} />
      <StoreStats store={store} />
      <TabPanel
        label={store.name}
        shown={tab}
        tabs={useStoreTabs(store)}
        // Filters of one tab mean nothing to another.
        onChange={(name) =>
          void navigate({ search: { tab: name === "overview" ? undefined : name }, resetScroll: false })
        }
      />
      <StoreDialogs store={store} />
    </InboxAddressContext>
  );
}

/** The lists of the inbox keep their filters in this page's address. */
function useStoreAddress(storeId: number): InboxAddress {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return useMemo(
    () => ({
      search: readInboxSearch({ ...search }),
      storeId,
      // Replace, not push: Back leaves the page instead of walking through every letter typed.
      change: (step) =>
        void navigate({
          search: (before) => ({ ...withoutStore(step(readInboxSearch({ ...before }))), tab: before.tab }),
          replace: true,
          resetScroll: false,
        }),
    }),
    [search, navigate, storeId],
  );
}
