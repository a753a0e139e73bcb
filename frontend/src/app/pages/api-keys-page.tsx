import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiKeyList } from "@/features/api-keys/api-key-list";
import { PageHeader } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

const CreateKey = lazy(() => import("@/features/api-keys/create-key"));

export function ApiKeysPage() {
  const { t } = useTranslation();
  const [isCreating, setIsCreating] = useState(false);
  usePageTitle(t("administration.keys.title"));
  const createButton = (
    <Button variant="filled" leftSection={<IconPlus size={16} />} onClick={() => setIsCreating(true)}>
      {t("administration.keys.create")}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t("administration.keys.title")}
        intro={t("administration.keys.intro")}
        actions={createButton}
      />
      <ApiKeyList createButton={createButton} />
      {isCreating && (
        <Suspense>
          <CreateKey onClose={() => setIsCreating(false)} />
        </Suspense>
      )}
    </>
  );
}
