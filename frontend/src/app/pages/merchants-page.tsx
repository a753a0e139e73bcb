import "@/directory/texts";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { MerchantsList } from "@/features/merchants/merchants-list";
import { useCan } from "@/session/current-user";
import { AddButton } from "@/ui/add-button";
import { PageHeader } from "@/ui/page";
import { lazyDialog } from "@/ui/part";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";

const CreateMerchant = lazyDialog(() => import("@/features/merchants/create-merchant"));
const route = getRouteApi("/app/merchants");

export function MerchantsPage() {
  const { t } = useTranslation();
  const { create, q, active } = route.useSearch();
  const navigate = route.useNavigate();
  const canCreate = useCan("manage");
  usePageTitle(t("directory.merchants.title"));
  const open = (create?: true) => void navigate({ search: (before) => ({ ...before, create }), ...dialogStep(create) });
  const createButton = canCreate && <AddButton label={t("directory.merchants.create")} onClick={() => open(true)} />;
  return (
    <>
      <PageHeader
        title={t("directory.merchants.title")}
        intro={t("directory.merchants.intro")}
        actions={createButton}
      />
      <MerchantsList
        filters={{ q, active }}
        onFilter={(filters) => void navigate({ search: filters, replace: true })}
        createButton={createButton}
      />
      {create && canCreate && <CreateMerchant onClose={() => open()} />}
    </>
  );
}
