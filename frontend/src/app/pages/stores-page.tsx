import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { StoresList } from "@/features/stores/stores-list";
import { useCan } from "@/session/current-user";
import { PageHeader } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

const CreateStore = lazy(() => import("@/features/stores/create-store"));
const route = getRouteApi("/app/stores");

export function StoresPage() {
  const { t } = useTranslation();
  const { create, merchant } = route.useSearch();
  const navigate = route.useNavigate();
  const canCreate = useCan("manage");
  usePageTitle(t("directory.stores.title"));
  // Closing replaces what opening pushed: Back must not open it again.
  const open = (isOpen: boolean) =>
    void navigate({
      search: (before) => ({ ...before, create: isOpen || undefined }),
      replace: !isOpen,
      resetScroll: false,
    });
  const createButton = canCreate && (
    <Button variant="filled" leftSection={<IconPlus size={16} />} onClick={() => open(true)}>
      {t("directory.stores.create")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("directory.stores.title")} intro={t("directory.stores.intro")} actions={createButton} />
      <StoresList createButton={createButton} />
      {create && canCreate && (
        <Suspense>
          <CreateStore merchantId={merchant} onClose={() => open(false)} />
        </Suspense>
      )}
    </>
  );
}
