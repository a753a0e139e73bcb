import { IconBellOff, IconCalendarTime, IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Silence, SilenceState } from "@/api/types";
import { silencesQuery } from "@/features/silences/api";
import { SilenceTable } from "@/features/silences/silence-table";
import { EmptyState } from "@/ui/page-state";
import { PagedList } from "@/ui/paged-panel";
import { lazyDialog } from "@/ui/part";

const EndSilence = lazyDialog(() => import("@/features/silences/end-silence"));

const icons = { active: IconBellOff, scheduled: IconCalendarTime, ended: IconHistory };

interface Props {
  state: SilenceState;
  createButton: ReactNode;
}

/** For a panel that the page brings. */
export function SilencesList({ state, createButton }: Props) {
  const { t } = useTranslation();
  // They begin and end by themselves.
  const query = useInfiniteQuery({ ...silencesQuery(state), refetchInterval: 60_000 });
  const [ending, setEnding] = useState<Silence | null>(null);
  return (
    <>
      <PagedList
        query={query}
        columns={4}
        empty={
          <EmptyState
            icon={icons[state]}
            title={t(`silences.empty.${state}`)}
            body={t(`silences.emptyBody.${state}`)}
            action={state !== "ended" && createButton}
          />
        }
      >
        {(silences) => <SilenceTable silences={silences} onEnd={setEnding} />}
      </PagedList>
      {ending && <EndSilence silence={ending} onClose={() => setEnding(null)} />}
    </>
  );
}
