import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { MerchantsList } from "@/features/merchants/merchants-list";
import { useCan } from "@/session/current-user";
import { PageHeader } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

const CreateMerchant = lazy(() => import("@/features/merchants/create-merchant"));
const route = getRouteApi("/app/merchants");

export function MerchantsPage() {
  const { t } = useTranslation();
  const { create } = route.useSearch();
  const navigate = route.useNavigate();
  const canCreate = useCan("manage");
  usePageTitle(t("directory.merchants.title"));
  // Closing replaces what opening pushed: Back must not open it again.
  const open = (isOpen: boolean) =>
    void navigate({
      search: (before) => ({ ...before, create: isOpen || undefined }),
      replace: !isOpen,
      resetScroll: false,
    });
  const createButton = canCreate && (
    <Button variant="filled" leftSection={<IconPlus size={16} />} onClick={() => open(true)}>
      {t("directory.merchants.create")}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t("directory.merchants.title")}
        intro={t("directory.merchants.intro")}
        actions={createButton}
      />
      <MerchantsList createButton={createButton} />
      {create && canCreate && (
        <Suspense>
          <CreateMerchant onClose={() => open(false)} />
        </Suspense>
      )}
    </>
  );
}
