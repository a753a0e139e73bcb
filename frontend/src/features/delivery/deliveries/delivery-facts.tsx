import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { DeliveryDetail } from "@/api/types";
import { useNow } from "@/display/use-now";
import { recipientName } from "@/features/delivery/deliveries/recipient";
import shared from "@/features/delivery/delivery.module.css";
import { relativeOrClock } from "@/features/delivery/moment";
import { reasonText } from "@/features/delivery/wording";
import { categoryName, channelName } from "@/inbox/messages/wording";
import { Time } from "@/ui/time";

/** To whom, what for, when, and why it stands as it does. */
export function DeliveryFacts({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const { kind, category, status, reason, notification_id, alert_id, folded_into_id, next_attempt_at } = delivery;
  const kindName = t(`delivery.deliveries.kind.${kind}`);
  return (
    <dl className={shared.facts}>
      <Fact name={t("delivery.drawer.to")}>
        <span>
          {t("delivery.drawer.ofUser", {
            name: recipientName(delivery),
            channel: channelName(t, delivery.channel),
          })}
        </span>
        {delivery.user && (
          <>
            {" · "}
            <Link
              to="/delivery/deliveries"
              search={{ user: delivery.user.id }}
              aria-label={t("delivery.drawer.allOf", { name: delivery.user.name })}
            >
              {t("delivery.deliveries.title")}
            </Link>
          </>
        )}
      </Fact>
      {delivery.store_id !== null && (
        <Fact name={t("delivery.drawer.store")}>
          <Link to="/stores/$id" params={{ id: delivery.store_id }}>
            {delivery.store_name ?? `#${delivery.store_id}`}
          </Link>
        </Fact>
      )}
      <Fact name={t("delivery.drawer.kind")}>
        {kind === "test" ? kindName : `${kindName} · ${categoryName(t, category)}`}
      </Fact>
      {notification_id !== null && (
        <Fact name={t("delivery.deliveries.notificationLabel")}>
          {`#${notification_id} · `}
          <Link to="/delivery/deliveries" search={{ notification: notification_id }}>
            {t("delivery.drawer.allOfNotification")}
          </Link>
        </Fact>
      )}
      {alert_id !== null && (
        <Fact name={t("delivery.drawer.alert")}>
          <Link to="/notifications" search={{ tab: "alerts", alert: alert_id }}>
            {t("delivery.drawer.openAlert")}
          </Link>
        </Fact>
      )}
      <Fact name={t("delivery.drawer.created")}>
        <Time iso={delivery.created_at} as="day" />
      </Fact>
      {delivery.finished_at !== null && (
        <Fact name={t("delivery.drawer.finished")}>
          <Time iso={delivery.finished_at} as="day" />
        </Fact>
      )}
      {status === "pending" && next_attempt_at !== null && (
        <Fact name={t("delivery.drawer.next")}>{relativeOrClock(next_attempt_at, now)}</Fact>
      )}
      {reason !== null && <Fact name={t("delivery.drawer.why")}>{reasonText(t, delivery)}</Fact>}
      {folded_into_id !== null && (
        <Fact name={t("delivery.drawer.foldedInto")}>
          <Link to="/delivery/deliveries" search={{ delivery: folded_into_id }}>
            {t("delivery.drawer.delivery", { id: folded_into_id })}
          </Link>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
