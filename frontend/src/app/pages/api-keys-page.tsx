import "@/features/api-keys/texts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiKeyList } from "@/features/api-keys/api-key-list";
import { AddButton } from "@/ui/add-button";
import { PageHeader } from "@/ui/page";
import { lazyDialog } from "@/ui/part";
import { usePageTitle } from "@/ui/use-page-title";

const CreateKey = lazyDialog(() => import("@/features/api-keys/create-key"));

export function ApiKeysPage() {
  const { t } = useTranslation();
  const [isCreating, setIsCreating] = useState(false);
  usePageTitle(t("administration.keys.title"));
  const createButton = <AddButton label={t("administration.keys.create")} onClick={() => setIsCreating(true)} />;
  return (
    <>
      <PageHeader
        title={t("administration.keys.title")}
        intro={t("administration.keys.intro")}
        actions={createButton}
      />
      <ApiKeyList createButton={createButton} />
      {isCreating && <CreateKey onClose={() => setIsCreating(false)} />}
    </>
  );
}
