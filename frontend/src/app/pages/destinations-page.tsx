import "@/features/delivery/texts";
import { Button } from "@mantine/core";
import { IconLock, IconMail } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DestinationList } from "@/features/delivery/destinations/destination-list";
import type { DestinationsSearch } from "@/features/delivery/search";
import { useCan } from "@/session/current-user";
import { AddButton } from "@/ui/add-button";
import { PageHeader, Panel } from "@/ui/page";
import { EmptyState } from "@/ui/page-state";
import { lazyDialog } from "@/ui/part";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";

const DestinationSheet = lazyDialog(() => import("@/features/delivery/destinations/destination-sheet"));
const TestMail = lazyDialog(() => import("@/features/delivery/destinations/test-mail"));

const route = getRouteApi("/app/delivery/destinations");

export function DestinationsPage() {
  const { t } = useTranslation();
  const canSee = useCan("triage");
  const canManage = useCan("manage");
  usePageTitle(t("delivery.destinations.title"));
  const title = t("delivery.destinations.title");
  const intro = t("delivery.destinations.intro");
  if (canManage) return <Managed title={title} intro={intro} />;
  return (
    <>
      <PageHeader title={title} intro={canSee ? `${intro} ${t("delivery.destinations.operator")}` : intro} />
      {canSee ? (
        <>
          <DestinationList createButton={null} />
          <OpenSheet />
        </>
      ) : (
        <Panel label={title}>
          <EmptyState
            icon={IconLock}
            title={t("delivery.destinations.forbidden")}
            body={t("delivery.destinations.forbiddenBody")}
          />
        </Panel>
      )}
    </>
  );
}

/** With all that administrators do here. */
function Managed({ title, intro }: { title: string; intro: string }) {
  const { t } = useTranslation();
  const open = useOpen();
  const [isTestingMail, setIsTestingMail] = useState(false);
  const createButton = <AddButton label={t("delivery.destinations.create")} onClick={() => open({ create: true })} />;
  return (
    <>
      <PageHeader
        title={title}
        intro={intro}
        actions={
          <>
            <Button leftSection={<IconMail size={16} />} onClick={() => setIsTestingMail(true)}>
              {t("delivery.mail.button")}
            </Button>
            {createButton}
          </>
        }
      />
      <DestinationList createButton={createButton} />
      <OpenSheet />
      {isTestingMail && <TestMail onClose={() => setIsTestingMail(false)} />}
    </>
  );
}

/** What is open over the list is in the address. */
function OpenSheet() {
  const { create, edit } = route.useSearch();
  const open = useOpen();
  if (!create && edit === undefined) return null;
  return <DestinationSheet key={edit} id={edit ?? null} onClose={() => open({})} />;
}

function useOpen() {
  const navigate = route.useNavigate();
  return (search: DestinationsSearch) => void navigate({ search, ...dialogStep(search.create) });
}
