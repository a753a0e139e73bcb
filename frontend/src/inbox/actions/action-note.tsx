import { IconAlertTriangleFilled, IconCircleCheckFilled, IconLoader2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ActionRun } from "@/api/types";
import css from "@/inbox/actions/actions.module.css";
import { isUnderWay } from "@/inbox/actions/api";
import { actionName } from "@/inbox/actions/wording";
import { PathLink } from "@/url/path-link";

/** What came of the latest attempt, as far as it has come. */
export function ActionNote({ run }: { run: ActionRun | undefined }) {
  return <div role="status">{run && <Note run={run} />}</div>;
}

function Note({ run }: { run: ActionRun }) {
  const { t } = useTranslation();
  const tone = isUnderWay(run) ? "busy" : run.status === "done" ? "good" : "bad";
  const NoteIcon = { busy: IconLoader2, good: IconCircleCheckFilled, bad: IconAlertTriangleFilled }[tone];
  const way = wayTo(run);
  return (
    <p className={css.note} data-tone={tone}>
      <NoteIcon size={14} aria-hidden />
      <span>
        <b>
          {actionName(t, run.kind)}: {t(`actions.status.${run.status}`)}.
        </b>{" "}
        {run.result} {way && <PathLink path={way.path}>{t(`actions.${way.label}`)}</PathLink>}
      </span>
    </p>
  );
}

function wayTo({ import_id, letzshop_run_id }: ActionRun) {
  if (import_id !== null) return { path: `/imports/${import_id}`, label: "showImport" } as const;
  if (letzshop_run_id !== null) return { path: `/letzshop/runs/${letzshop_run_id}`, label: "showRun" } as const;
  return null;
}
