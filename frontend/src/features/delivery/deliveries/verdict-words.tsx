import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Verdict } from "@/api/types";
import { useNow } from "@/display/use-now";
import css from "@/features/delivery/deliveries/drawer.module.css";
import { clockOrDate } from "@/features/delivery/moment";
import { verdictText } from "@/features/delivery/verdict-text";

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
        {verdict ? verdictText(t, verdict) : t("delivery.drawer.noVerdict")}
        {verdict?.at && ` ${t("delivery.drawer.at", { time: clockOrDate(verdict.at, now) })}`}
      </p>
    </section>
  );
}
