import { useTranslation } from "react-i18next";
import type { DeliveryAttempt, Explained } from "@/api/types";
import { clockOrDate } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { channelIcons } from "@/inbox/messages/channel-icons";
import { channelName } from "@/inbox/messages/wording";
import { hasEarlierFailure, outcomeOf, standings } from "@/inbox/why/outcome";
import { ReasonWords } from "@/inbox/why/reason-words";
import css from "@/inbox/why/why.module.css";
import { StatusBadge } from "@/ui/status-badge";
import { Time } from "@/ui/time";
import { PathLink } from "@/url/path-link";

/** One channel: what was decided, the one reason, and what was tried. */
export function ExplainedItem({ item, isShared }: { item: Explained; isShared: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  const outcome = outcomeOf(item);
  const ChannelIcon = channelIcons[item.channel];
  // A person's own channel is named by its kind; the destination's name says no more.
  const name = isShared ? (item.destination_name ?? channelName(t, item.channel)) : channelName(t, item.channel);
  const words =
    outcome === "later" && item.at !== null
      ? t("why.outcome.later_at", { time: clockOrDate(item.at, now) })
      : t(`why.outcome.${outcome}`);
  return (
    <li className={css.item}>
      <div className={css.line}>
        <span className={css.channel}>
          <ChannelIcon size={16} stroke={1.7} aria-hidden />
          {name}
        </span>
        <StatusBadge standing={standings[outcome]} label={words} />
      </div>
      {hasEarlierFailure(item) && (
        <div className={css.earlier}>
          <StatusBadge standing="bad" label={t("why.earlierFailed")} />
        </div>
      )}
      <p className={css.reason}>
        <b>{t(`why.reason.${item.reason}`)}</b> <ReasonWords reason={item} />
      </p>
      {item.deliveries.map((delivery) => (
        <div key={delivery.id} className={css.delivery}>
          {delivery.attempts.length > 0 && (
            <ol className={css.attempts} aria-label={t("why.attempts", { name })}>
              {delivery.attempts.map((attempt) => (
                <Attempt key={attempt.number} attempt={attempt} />
              ))}
            </ol>
          )}
          <PathLink path={`/delivery/deliveries?delivery=${delivery.id}`} className={css.link}>
            {t("why.delivery", { id: delivery.id })}
          </PathLink>
        </div>
      ))}
    </li>
  );
}

function Attempt({ attempt }: { attempt: DeliveryAttempt }) {
  const { t } = useTranslation();
  const { outcome, status_code: code, error, started_at } = attempt;
  const words = t(`why.attempt.${outcome ?? "open"}`);
  return (
    <li className={css.attempt} data-failed={(outcome !== null && outcome !== "sent") || undefined}>
      <Time iso={started_at} as="day" />
      <span>{code === null ? words : t("why.attemptCode", { outcome: words, code })}</span>
      {error && (
        <span className={css.error} lang="en">
          {error}
        </span>
      )}
    </li>
  );
}
