import { IconStairsUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Escalation } from "@/api/types";
import css from "@/features/escalation/escalation.module.css";
import { readSentence } from "@/features/escalation/step-words";
import { EmptyState } from "@/ui/page-state";

/** The policy in words, for whoever does not change it. */
export function PolicyView({ policy: { steps } }: { policy: Escalation }) {
  const { t } = useTranslation();
  if (steps.length === 0) {
    return (
      <EmptyState
        icon={IconStairsUp}
        title={t("escalation.empty")}
        body={`${t("escalation.emptyReader")} ${t("escalation.readOnly")}`}
      />
    );
  }
  return (
    <div className={css.view}>
      <p className={css.first}>{t("escalation.first")}</p>
      <ol className={css.steps}>
        {steps.map(({ after_minutes, people, destinations }, at) => (
          <li key={after_minutes} className={css.step}>
            <span className={css.number} aria-hidden>
              {at + 1}
            </span>
            <p className={css.sentence}>
              {readSentence(
                t,
                after_minutes,
                [...people, ...destinations].map(({ name }) => name),
              )}
            </p>
          </li>
        ))}
      </ol>
      <p className={css.note}>{t("escalation.readOnly")}</p>
    </div>
  );
}
