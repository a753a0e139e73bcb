import {
  type Icon,
  IconAlertTriangle,
  IconBellRinging,
  IconBellZ,
  IconBuildingStore,
  IconCheck,
  IconCircleDot,
  IconEye,
  IconHeartbeat,
  IconMessage,
  IconPlayerPlay,
  IconRepeat,
  IconRotate,
  IconStairsUp,
  IconTrendingUp,
  IconUserCheck,
  IconX,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { AlertDetail, TimelineEntry } from "@/api/types";
import { allUsersQuery } from "@/directory/users";
import css from "@/features/alerts/alert-drawer.module.css";
import { type Names, timelineQuote, timelineText } from "@/features/alerts/timeline-text";
import { useCan } from "@/session/current-user";
import { Time } from "@/ui/time";

const icons: Record<string, Icon> = {
  opened: IconAlertTriangle,
  repeated: IconRepeat,
  escalated: IconTrendingUp,
  store_joined: IconBuildingStore,
  store_healed: IconHeartbeat,
  acknowledged: IconEye,
  assigned: IconUserCheck,
  commented: IconMessage,
  resolved: IconCheck,
  reopened: IconRotate,
  regressed: IconRotate,
  passed_on: IconStairsUp,
  snoozed: IconBellZ,
  returned: IconBellRinging,
  action_started: IconPlayerPlay,
  action_done: IconCheck,
  action_failed: IconX,
};

/** Newest first, as the list behind it. */
export function AlertTimeline({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const titleId = useId();
  const { data: users = [] } = useQuery({ ...allUsersQuery, enabled: useCan("manage") });
  const people = [...peopleOf(alert), ...users];
  const names: Names = {
    store: (id) =>
      alert.stores.find(({ store_id }) => store_id === id)?.store_name ??
      t("alerts.drawer.storeUnknown", { id: String(id) }),
    person: (id) => people.find((person) => person.id === id)?.name ?? `#${String(id)}`,
  };
  return (
    <section className={css.section}>
      <h3 id={titleId} className={css.sectionTitle}>
        {t("alerts.drawer.timeline")}
      </h3>
      <ol className={css.timeline} aria-labelledby={titleId}>
        {alert.timeline.toReversed().map((entry) => (
          <Entry key={entry.id} entry={entry} text={timelineText(t, entry, names)} />
        ))}
      </ol>
    </section>
  );
}

/** Those whom the alert itself names. */
function peopleOf({ assigned_to, acknowledged_by, resolved_by, timeline }: AlertDetail) {
  const named = [assigned_to, acknowledged_by, resolved_by, ...timeline.map(({ user }) => user)];
  return named.filter((person) => person !== null);
}

function Entry({ entry, text }: { entry: TimelineEntry; text: string }) {
  const { t } = useTranslation();
  const EntryIcon = icons[entry.kind] ?? IconCircleDot;
  const quote = timelineQuote(entry);
  return (
    <li className={css.entry} data-kind={entry.kind}>
      <span className={css.entryIcon}>
        <EntryIcon size={14} stroke={1.8} aria-hidden />
      </span>
      <div className={css.entryWords}>
        <p>
          {text}{" "}
          {entry.user && <span className={css.quiet}>{t("alerts.event.byPerson", { name: entry.user.name })}</span>}
        </p>
        {quote && <blockquote className={css.quote}>{quote}</blockquote>}
      </div>
      <span className={css.entryTime}>
        <Time iso={entry.at} as="day" />
      </span>
    </li>
  );
}
