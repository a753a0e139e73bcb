import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Silence } from "@/api/types";
import { dayAndTime, fullTime } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { SilenceChips } from "@/features/silences/silence-chips";
import css from "@/features/silences/silences.module.css";
import { standingText } from "@/features/silences/wording";
import { useCan } from "@/session/current-user";
import { CardTable } from "@/ui/card-table";
import table from "@/ui/table.module.css";

interface Props {
  silences: readonly Silence[];
  onEnd: (silence: Silence) => void;
}

export function SilenceTable({ silences, onEnd }: Props) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("silences.column.what")}</th>
          <th>{t("silences.column.why")}</th>
          <th>{t("silences.column.when")}</th>
          <th aria-label={t("shell.palette.actions")} />
        </>
      }
    >
      {silences.map((silence) => (
        <Row key={silence.id} silence={silence} onEnd={onEnd} />
      ))}
    </CardTable>
  );
}

function Row({ silence, onEnd }: { silence: Silence; onEnd: (silence: Silence) => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const canEnd = useCan("triage") && silence.state !== "ended";
  const { comment, created_by, starts_at, ends_at, state } = silence;
  const isPlanned = state === "scheduled";
  return (
    <tr>
      <td className={`${css.what} ${table.wide}`}>
        <SilenceChips silence={silence} />
      </td>
      <td className={`${css.why} ${table.wide}`}>
        {comment}
        {created_by && <span className={css.sub}>{t("silences.by", { name: created_by.name })}</span>}
      </td>
      <td className={css.when}>
        <span className={css.standing} data-state={state}>
          {standingText(t, silence, now)}
        </span>
        <span className={css.sub} title={`${fullTime(starts_at)} – ${fullTime(ends_at)}`}>
          {t("silences.period", { from: dayAndTime(starts_at, now), until: dayAndTime(ends_at, now) })}
        </span>
      </td>
      <td className={table.number}>
        {canEnd && (
          <Button
            size="compact-sm"
            aria-label={t(isPlanned ? "silences.cancelNamed" : "silences.endNamed", { comment })}
            onClick={() => onEnd(silence)}
          >
            {isPlanned ? t("silences.cancel") : t("silences.end")}
          </Button>
        )}
      </td>
    </tr>
  );
}
