import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Verdict } from "@/api/types";
import { clockOrDate } from "@/display/dates";
import { useNow } from "@/display/use-now";
import css from "@/features/delivery/deliveries/drawer.module.css";
import { ReasonWords } from "@/inbox/why/reason-words";

/** What was decided when it was planned, in words. */
export function VerdictWords({ verdict }: { verdict: Verdict | null }) {
  const { t } = useTranslation();
  const now = useNow();
  const titleId = useId();
  return (
    <section className={css.section} aria-labelledby={titleId}>
      <h3 id={titleId} className={css.sectionTitle}>
        {t("delivery.drawer.verdict")}
      </h3>
      <p className={css.words}>
        {verdict ? <ReasonWords reason={verdict} /> : t("delivery.drawer.noVerdict")}
        {verdict?.at &&
          verdict.detail_code === null &&
          ` ${t("delivery.drawer.at", { time: clockOrDate(verdict.at, now) })}`}
      </p>
    </section>
  );
}
