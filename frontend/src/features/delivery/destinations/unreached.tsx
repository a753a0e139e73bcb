import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Reached } from "@/api/types";
import { reachedPeopleQuery } from "@/directory/people";
import { ChannelTile } from "@/features/delivery/channel-icon";
import { DestinationState } from "@/features/delivery/destinations/destination-state";
import css from "@/features/delivery/destinations/unreached.module.css";
import { channelName } from "@/inbox/messages/wording";
import { useCan } from "@/session/current-user";
import { Panel } from "@/ui/page";

const listedAtMost = 6;
/** What only shared destinations tell. */
const unknown = { opened_at: null, probe_at: null, previous_secret_until: null };

/** People whose own address is switched off or fails, those who get nothing at all first; nothing while all work. */
export function Unreached() {
  const { t } = useTranslation();
  const { data = [] } = useQuery({ ...reachedPeopleQuery, refetchInterval: 60_000 });
  const troubled = data.flatMap(troublesOf).sort((a, b) => Number(a.is_enabled) - Number(b.is_enabled));
  if (troubled.length === 0) return null;
  const more = troubled.length - listedAtMost;
  return (
    <div className={css.space}>
      <Panel label={t("delivery.unreached.title")}>
        <div className={css.head}>
          <h2 className={css.title}>{t("delivery.unreached.title")}</h2>
          <p className={css.intro}>{t("delivery.unreached.intro")}</p>
        </div>
        <ul className={css.list}>
          {troubled.slice(0, listedAtMost).map((one) => (
            <li key={`${one.user.id} ${one.channel}`} className={css.line}>
              <ChannelTile channel={one.channel} />
              <div>
                <PersonName {...one.user} />
                <span className={css.channel}>{channelName(t, one.channel)}</span>
              </div>
              <div className={css.state}>
                <DestinationState destination={{ ...unknown, ...one }} />
              </div>
            </li>
          ))}
        </ul>
        {more > 0 && <p className={css.more}>{t("delivery.unreached.more", { count: more })}</p>}
      </Panel>
    </div>
  );
}

/** Others' preferences, where an address is tried again, are for administrators. */
function PersonName({ id, name }: { id: number; name: string }) {
  const { t } = useTranslation();
  if (!useCan("manage")) return <b className={css.name}>{name}</b>;
  return (
    <Link
      to="/preferences"
      search={{ user: id }}
      className={css.name}
      aria-label={t("delivery.unreached.open", { name })}
    >
      {name}
    </Link>
  );
}

function troublesOf({ user, channels }: Reached) {
  if (user === null) return [];
  return channels.filter((one) => !one.is_enabled || one.failing_since !== null).map((one) => ({ ...one, user }));
}
