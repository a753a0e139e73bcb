import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeliveryDetail } from "@/api/types";
import { useNow } from "@/display/use-now";
import shared from "@/features/delivery/delivery.module.css";
import css from "@/features/delivery/destinations/test-outcome.module.css";
import { relativeOrClock } from "@/features/delivery/moment";
import { saidOf } from "@/features/delivery/said";
import { DeliveryStatusBadge } from "@/features/delivery/status-badge";
import { StatusBadge } from "@/ui/status-badge";

/** From when on it is said that it takes long. */
const patience = 15_000;

interface Props {
  name: string;
  /** Undefined until it was tried. */
  delivery: DeliveryDetail | undefined;
}

/** How the test went, and what the receiver answered; said to screen readers as it changes. */
export function TestOutcome({ name, delivery }: Props) {
  return (
    <div className={css.outcome} role="status">
      {delivery ? <Answered name={name} delivery={delivery} /> : <OnItsWay />}
    </div>
  );
}

function OnItsWay() {
  const { t } = useTranslation();
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), patience);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <StatusBadge standing="busy" label={t("delivery.deliveries.status.sending")} />
      <p>{t("delivery.test.sending")}</p>
      {isSlow && <p className={css.quiet}>{t("delivery.test.slow")}</p>}
    </>
  );
}

function Answered({ name, delivery }: { name: string; delivery: DeliveryDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const last = delivery.attempts.at(-1);
  const answer = last ? saidOf(last) : "";
  return (
    <>
      <DeliveryStatusBadge status={delivery.status} />
      <p>{sentence()}</p>
      {last && (last.status_code !== null || answer !== "") && (
        <div>
          <p className={css.quiet}>
            {t("delivery.test.answer")}
            {last.status_code !== null && ` · ${t("delivery.drawer.code", { code: last.status_code })}`}
            {last.duration_ms !== null && ` · ${t("delivery.drawer.took", { time: last.duration_ms })}`}
          </p>
          {answer !== "" && (
            <pre className={shared.answer} data-failed={last.outcome !== "sent" || undefined}>
              {answer}
            </pre>
          )}
        </div>
      )}
    </>
  );

  function sentence(): string {
    if (delivery.status === "sent") return t("delivery.test.sent", { name });
    if (delivery.status === "dead") return t("delivery.test.dead");
    if (delivery.next_attempt_at) {
      return t("delivery.test.retrying", { time: relativeOrClock(delivery.next_attempt_at, now) });
    }
    return t("delivery.test.dropped");
  }
}
