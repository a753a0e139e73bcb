import { type Icon, IconAlertTriangle, IconCheck, IconLoader2, IconQuestionMark, IconX } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { DeliveryAttempt, DeliveryDetail } from "@/api/types";
import css from "@/features/delivery/deliveries/drawer.module.css";
import shared from "@/features/delivery/delivery.module.css";
import { saidOf } from "@/features/delivery/said";
import { Time } from "@/ui/time";

type Ending = NonNullable<DeliveryAttempt["outcome"]> | "onItsWay" | "cutOff";

const icons: Record<Ending, Icon> = {
  sent: IconCheck,
  failed: IconAlertTriangle,
  bounced: IconX,
  rejected: IconX,
  gone: IconX,
  onItsWay: IconLoader2,
  cutOff: IconQuestionMark,
};

/** Every try, newest first. */
export function AttemptTimeline({ delivery: { attempts, status } }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <section className={css.section}>
      <h3 id={titleId} className={css.sectionTitle}>
        {t("delivery.drawer.attempts")} {attempts.length > 0 && <span>{attempts.length}</span>}
      </h3>
      {attempts.length === 0 && <p className={css.quiet}>{t("delivery.drawer.noAttempts")}</p>}
      <ol className={css.timeline} aria-labelledby={titleId}>
        {attempts.toReversed().map((attempt, at) => (
          <Attempt
            key={attempt.number}
            attempt={attempt}
            ending={endingOf(attempt, at === 0 && status === "sending")}
          />
        ))}
      </ol>
    </section>
  );
}

function Attempt({ attempt, ending }: { attempt: DeliveryAttempt; ending: Ending }) {
  const { t } = useTranslation();
  const EndingIcon = icons[ending];
  const { status_code, duration_ms, error } = attempt;
  const figures = [
    status_code !== null && t("delivery.drawer.code", { code: status_code }),
    duration_ms !== null && t("delivery.drawer.took", { time: duration_ms }),
  ].filter(Boolean);
  const said = saidOf(attempt);
  return (
    <li className={css.entry} data-ending={ending}>
      <span className={css.entryIcon}>
        <EndingIcon size={14} stroke={1.8} aria-hidden />
      </span>
      <div className={css.entryWords}>
        <p>{words()}</p>
        {figures.length > 0 && <p className={css.figures}>{figures.join(" · ")}</p>}
        {said !== "" && (
          <pre className={shared.answer} lang="en" data-failed={(ending !== "sent" && error !== null) || undefined}>
            {said}
          </pre>
        )}
      </div>
      <span className={css.entryTime}>
        <Time iso={attempt.started_at} as="day" />
      </span>
    </li>
  );

  function words(): string {
    if (ending === "onItsWay") return t("delivery.drawer.onItsWay");
    return ending === "cutOff" ? t("delivery.drawer.cutOff") : t(`delivery.drawer.outcome.${ending}`);
  }
}

function endingOf({ outcome }: DeliveryAttempt, isUnderWay: boolean): Ending {
  return outcome ?? (isUnderWay ? "onItsWay" : "cutOff");
}
