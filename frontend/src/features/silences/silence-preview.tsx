import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertOctagonFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import type { SilencePreview as Preview } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { previewQuery } from "@/features/silences/api";
import { PreviewExamples } from "@/features/silences/preview-examples";
import { isEmpty, matchersOf, type SilenceValues } from "@/features/silences/silence-form";
import css from "@/features/silences/silence-preview.module.css";

/** A moment after the last letter: each preview reads a month. */
const pause = 350;

/** What the silence that is being written would hide. */
export function SilencePreview({ matchers: typed }: Pick<SilenceValues, "matchers">) {
  const { t } = useTranslation();
  const titleId = useId();
  const [settled] = useDebouncedValue(typed, pause);
  const matchers = matchersOf({ matchers: settled });
  const isAsked = !isEmpty(matchers);
  const query = useQuery(previewQuery(matchers, isAsked));
  const failure = failureOf({ ...query, isPending: query.isPending && isAsked });
  return (
    <section className={css.preview} aria-labelledby={titleId}>
      <h3 id={titleId} className={css.title}>
        {t("silences.preview.title")}
      </h3>
      {!isAsked ? (
        <p className={css.quiet}>{t("silences.preview.waiting")}</p>
      ) : failure ? (
        <div role="alert" className={css.failed}>
          <p>{t("silences.preview.failed")}</p>
          <Button size="compact-sm" onClick={() => void query.refetch()}>
            {t("action.retry")}
          </Button>
        </div>
      ) : query.data ? (
        <div aria-busy={query.isPlaceholderData} className={css.answer}>
          <Numbers preview={query.data} />
          <Criticals preview={query.data} />
          <PreviewExamples examples={query.data.examples} />
        </div>
      ) : (
        <PreviewBones />
      )}
    </section>
  );
}

/** Lower bounds where there was more than is looked at. */
function useCount({ is_complete }: Preview): (n: number) => string {
  const { t } = useTranslation();
  return (n) => (is_complete ? formatNumber(n) : t("silences.preview.atLeast", { n: formatNumber(n) }));
}

function Numbers({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const count = useCount(preview);
  const { matching_now, matching_last_30_days, criticals_hidden } = preview;
  return (
    <dl className={css.numbers} aria-live="polite">
      <div>
        <dt>{t("silences.preview.now")}</dt>
        <dd>{count(matching_now)}</dd>
      </div>
      <div>
        <dt>{t("silences.preview.month")}</dt>
        <dd>{count(matching_last_30_days)}</dd>
      </div>
      <div data-bad={criticals_hidden > 0 || undefined}>
        <dt>{t("silences.preview.critical")}</dt>
        <dd>{count(criticals_hidden)}</dd>
      </div>
    </dl>
  );
}

/** Loud: who silences these is not woken. */
function Criticals({ preview: { criticals_hidden: count } }: { preview: Preview }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      {count > 0 && (
        <div className={css.criticals}>
          <IconAlertOctagonFilled size={18} aria-hidden />
          <p>
            <b>{t("silences.preview.criticals", { count })}</b> {t("silences.preview.criticalsHint")}
          </p>
        </div>
      )}
    </div>
  );
}

function PreviewBones() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")} className={css.answer}>
      <div className={css.numbers}>
        {[1, 2, 3].map((cell) => (
          <div key={cell}>
            <span className="bone" style={{ width: 62, height: 10 }} />
            <span className="bone" style={{ width: 34, height: 20, marginTop: 8 }} />
          </div>
        ))}
      </div>
      {[78, 64, 70].map((width) => (
        <span key={width} className="bone" style={{ width: `${width}%`, height: 12 }} />
      ))}
    </div>
  );
}
