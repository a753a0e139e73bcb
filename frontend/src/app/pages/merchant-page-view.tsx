import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Merchant } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { DomainsTab } from "@/features/domains/domains-tab";
import { merchantKey } from "@/features/merchants/api";
import { MerchantActions } from "@/features/merchants/merchant-actions";
import { MerchantOverview } from "@/features/merchants/merchant-overview";
import { StoresList } from "@/features/stores/stores-list";
import { useCan } from "@/session/current-user";
import { ActiveChip } from "@/ui/active-chip";
import { AddButton } from "@/ui/add-button";
import { PageHeader } from "@/ui/page";
import { lazyDialog } from "@/ui/part";
import { type Tab, TabPanel } from "@/ui/tab-panel";
import { dialogStep } from "@/url/dialog-step";

const CreateStore = lazyDialog(() => import("@/features/stores/create-store"));
const EditMerchant = lazyDialog(() => import("@/features/merchants/edit-merchant"));
const route = getRouteApi("/app/merchants/$id");

export function MerchantView({ merchant }: { merchant: Merchant }) {
  const { t } = useTranslation();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const canManage = useCan("manage");
  const open = (what: "edit" | "create") =>
    void navigate({ search: (before) => ({ ...before, [what]: true }), ...dialogStep(true) });
  const createButton = canManage && <AddButton label={t("directory.stores.create")} onClick={() => open("create")} />;

  const tabs: readonly Tab[] = [
    { name: "overview", label: t("directory.overview"), content: <MerchantOverview merchant={merchant} /> },
    {
      name: "stores",
      label: t("directory.merchants.stores"),
      count: merchant.store_count > 0 ? formatNumber(merchant.store_count) : undefined,
      content: <MerchantStores merchantId={merchant.id} createButton={createButton} />,
    },
    { name: "domains", label: t("domains.tab"), content: <MerchantDomains merchantId={merchant.id} /> },
  ];
  return (
    <>
      <PageHeader
        title={merchant.name}
        beside={<ActiveChip isActive={merchant.is_active} />}
        intro={t("directory.merchants.storeCount", { count: merchant.store_count })}
        actions={
          <>
            {createButton}
            {canManage && <MerchantActions merchant={merchant} onEdit={() => open("edit")} />}
          </>
        }
      />
      <TabPanel
        label={merchant.name}
        shown={tab}
        tabs={tabs}
        onChange={(name) =>
          void navigate({ search: { tab: name === "overview" ? undefined : name }, resetScroll: false })
        }
      />
      <MerchantDialogs merchant={merchant} />
    </>
  );
}

function MerchantStores({ merchantId, createButton }: { merchantId: number; createButton: ReactNode }) {
  const { q, active } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <StoresList
      filters={{ q, active }}
      merchantId={merchantId}
      onFilter={(filters) =>
        void navigate({
          search: (before) => ({ ...before, q: filters.q, active: filters.active }),
          replace: true,
          resetScroll: false,
        })
      }
      createButton={createButton}
    />
  );
}

function MerchantDomains({ merchantId }: { merchantId: number }) {
  const { add = false } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <DomainsTab
      owner={{ kind: "merchant", id: merchantId }}
      isAdding={add}
      onAdd={(isOpen) =>
        void navigate({ search: (before) => ({ ...before, add: isOpen || undefined }), ...dialogStep(isOpen) })
      }
    />
  );
}

function MerchantDialogs({ merchant }: { merchant: Merchant }) {
  const { edit, create } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const canManage = useCan("manage");
  const close = () =>
    void navigate({ search: (before) => ({ ...before, edit: undefined, create: undefined }), ...dialogStep(false) });
  const closeCreate = () => {
    close();
    // It counts its stores.
    void queryClient.invalidateQueries({ queryKey: merchantKey(merchant.id) });
  };
  if (!canManage) return null;
  return (
    <>
      {edit && <EditMerchant merchant={merchant} onClose={close} />}
      {create && <CreateStore merchantId={merchant.id} onClose={closeCreate} />}
    </>
  );
}
