import { getRouteApi } from "@tanstack/react-router";
import type { Store } from "@/api/types";
import { DomainsTab } from "@/features/domains/domains-tab";
import { LetzshopTab } from "@/features/letzshop/letzshop-tab";
import { dialogStep } from "@/url/dialog-step";

const route = getRouteApi("/app/stores/$id");

export function StoreLetzshop({ store }: { store: Store }) {
  const { connect = false } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <LetzshopTab
      store={store}
      isConnecting={connect}
      onConnect={(isOpen) =>
        void navigate({ search: (before) => ({ ...before, connect: isOpen || undefined }), ...dialogStep(isOpen) })
      }
    />
  );
}

export function StoreDomains({ storeId }: { storeId: number }) {
  const { add = false } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <DomainsTab
      owner={{ kind: "store", id: storeId }}
      isAdding={add}
      onAdd={(isOpen) =>
        void navigate({ search: (before) => ({ ...before, add: isOpen || undefined }), ...dialogStep(isOpen) })
      }
    />
  );
}
