import "@/features/silences/texts";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Silence, SilenceState } from "@/api/types";
import { SilencesList } from "@/features/silences/silences-list";
import { useCan } from "@/session/current-user";
import { AddButton } from "@/ui/add-button";
import { PageHeader } from "@/ui/page";
import { lazyDialog } from "@/ui/part";
import { TabPanel } from "@/ui/tab-panel";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";
import { readChoice } from "@/url/read-search";

const CreateSilence = lazyDialog(() => import("@/features/silences/create-silence"));
const route = getRouteApi("/app/silences");
const states = ["active", "scheduled", "ended"] as const satisfies readonly SilenceState[];

export function SilencesPage() {
  const { t } = useTranslation();
  const { state, create, ...prefill } = route.useSearch();
  const navigate = route.useNavigate();
  const canSilence = useCan("triage");
  usePageTitle(t("shell.page.silences"));
  const open = (create?: true) => void navigate({ search: { state, create }, ...dialogStep(create) });
  // Where the new one is listed.
  const show = (made: Silence) =>
    void navigate({ search: { state: made.state === "scheduled" ? "scheduled" : undefined }, ...dialogStep(false) });
  const createButton = canSilence && <AddButton label={t("silences.create")} onClick={() => open(true)} />;
  return (
    <>
      <PageHeader title={t("shell.page.silences")} intro={t("silences.intro")} actions={createButton} />
      <TabPanel
        label={t("silences.tabs")}
        shown={state ?? "active"}
        tabs={states.map((name) => ({
          name,
          label: t(`silences.state.${name}`),
          content: <SilencesList state={name} createButton={createButton} />,
        }))}
        onChange={(name) =>
          void navigate({ search: { state: readChoice(name, ["scheduled", "ended"]) }, resetScroll: false })
        }
      />
      {create && canSilence && <CreateSilence prefill={prefill} onClose={() => open()} onCreated={show} />}
    </>
  );
}
