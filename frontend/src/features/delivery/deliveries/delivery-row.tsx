import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Delivery } from "@/api/types";
import { useNow } from "@/display/use-now";
import { ChannelIcon } from "@/features/delivery/channel-icon";
import css from "@/features/delivery/deliveries/deliveries.module.css";
import { recipientName } from "@/features/delivery/deliveries/recipient";
import { relativeOrClock } from "@/features/delivery/moment";
import { DeliveryStatusBadge } from "@/features/delivery/status-badge";
import { reasonText } from "@/features/delivery/wording";
import { channelName } from "@/inbox/messages/wording";
import row from "@/inbox/row.module.css";
import { useCursorFocus } from "@/inbox/use-cursor-focus";
import { Time } from "@/ui/time";
import { isPlainClick } from "@/url/plain-click";

export interface DeliveryRowActions {
  onFocus: (id: number) => void;
  onOpen: (id: number) => void;
}

interface Props {
  delivery: Delivery;
  isCursor: boolean;
  actions: DeliveryRowActions;
}

export const DeliveryRow = memo(function DeliveryRow({ delivery, isCursor, actions }: Props) {
  const { t } = useTranslation();
  const ref = useCursorFocus(isCursor);
  const { id, title, store_name, status, attempt_count } = delivery;
  const titleId = `delivery-${id}`;
  return (
    <article
      ref={ref}
      className={`${row.row} ${css.row}`}
      tabIndex={-1}
      aria-labelledby={titleId}
      data-strong={status === "dead" || undefined}
      data-cursor={isCursor || undefined}
      onFocus={() => actions.onFocus(id)}
    >
      <span className={row.badge}>
        <DeliveryStatusBadge status={status} />
      </span>
      <div className={row.main}>
        <div className={row.titleLine}>
          <a
            id={titleId}
            className={row.title}
            title={title}
            data-open
            href={`/delivery/deliveries?delivery=${id}`}
            onClick={(event) => {
              if (!isPlainClick(event)) return;
              event.preventDefault();
              actions.onOpen(id);
            }}
          >
            {title}
          </a>
          {attempt_count > 1 && (
            <span className={row.note}>{t("delivery.deliveries.tries", { count: attempt_count })}</span>
          )}
        </div>
        <p className={row.message}>
          <span className={css.to}>
            <ChannelIcon channel={delivery.channel} />
            <b>{recipientName(delivery)}</b>
          </span>
          {` · ${channelName(t, delivery.channel)}`}
          {store_name && ` · ${store_name}`}
          <Trouble delivery={delivery} />
        </p>
      </div>
      <span className={row.time}>
        <Time iso={delivery.created_at} as="row" />
      </span>
    </article>
  );
});

/** What keeps it from being sent, and when it is tried next. */
function Trouble({ delivery }: { delivery: Delivery }) {
  const { status, last_error, next_attempt_at } = delivery;
  const { t } = useTranslation();
  const now = useNow();
  if (status === "sent" || status === "folded") return null;
  const trouble = last_error ?? reasonText(t, delivery);
  const isAhead = status === "pending" && next_attempt_at !== null && Date.parse(next_attempt_at) > now.getTime();
  return (
    <>
      {trouble && (
        <span
          className={css.trouble}
          lang={last_error === null ? undefined : "en"}
          data-dead={status === "dead" || undefined}
        >{` · ${trouble}`}</span>
      )}
      {isAhead && ` · ${t("delivery.deliveries.nextTry", { time: relativeOrClock(next_attempt_at, now) })}`}
    </>
  );
}
