import "@/features/imports/texts";
import "@/directory/texts";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { StoresList } from "@/features/stores/stores-list";
import { useCan } from "@/session/current-user";
import { AddButton } from "@/ui/add-button";
import { PageHeader, Panel } from "@/ui/page";
import { lazyDialog } from "@/ui/part";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";

const CreateStore = lazyDialog(() => import("@/features/stores/create-store"));
const route = getRouteApi("/app/stores");

export function StoresPage() {
  const { t } = useTranslation();
  const { create, q, merchant, active } = route.useSearch();
  const navigate = route.useNavigate();
  const canCreate = useCan("manage");
  usePageTitle(t("directory.stores.title"));
  const open = (create?: true) => void navigate({ search: (before) => ({ ...before, create }), ...dialogStep(create) });
  const createButton = canCreate && <AddButton label={t("directory.stores.create")} onClick={() => open(true)} />;
  return (
    <>
      <PageHeader title={t("directory.stores.title")} intro={t("directory.stores.intro")} actions={createButton} />
      <Panel label={t("directory.stores.title")}>
        <StoresList
          filters={{ q, merchant, active }}
          onFilter={(filters) => void navigate({ search: filters, replace: true })}
          createButton={createButton}
        />
      </Panel>
      {create && canCreate && <CreateStore merchantId={merchant} onClose={() => open()} />}
    </>
  );
}
