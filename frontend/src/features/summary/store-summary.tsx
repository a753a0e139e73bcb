import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { StoreSummary, SummaryItem } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import css from "@/features/summary/summary.module.css";
import { type Group, groupIcons, groups } from "@/features/summary/summary-counts";
import { AlertLink } from "@/inbox/alert-link";
import { LevelBadge } from "@/ui/level-badge";
import { Time } from "@/ui/time";
import { PathLink } from "@/url/path-link";
import { stringifySearch } from "@/url/search-text";

interface Props {
  store: StoreSummary;
  /** Of each group at most so many. */
  most: number;
}

/** One store, or the platform: what is still open, healed or handled. */
export function StoreSummarySection({ store, most }: Props) {
  const { t } = useTranslation();
  const titleId = useId();
  const { store_id, store_name } = store;
  return (
    <section className={css.store} aria-labelledby={titleId}>
      <h2 id={titleId} className={css.storeName}>
        {store_id === null ? (
          t("summary.platform")
        ) : (
          <PathLink className={css.storeLink} path={`/stores/${store_id}`}>
            {store_name ?? `#${store_id}`}
          </PathLink>
        )}
      </h2>
      {groups.map(
        (group) =>
          store[group].length > 0 && (
            <GroupOf
              key={group}
              group={group}
              items={store[group].slice(0, most)}
              more={store.more[group] + Math.max(0, store[group].length - most)}
              storeId={store_id}
            />
          ),
      )}
    </section>
  );
}

interface GroupProps {
  group: Group;
  items: readonly SummaryItem[];
  more: number;
  storeId: number | null;
}

function GroupOf({ group, items, more, storeId }: GroupProps) {
  const { t } = useTranslation();
  const GroupIcon = groupIcons[group];
  return (
    <div className={css.group} data-group={group}>
      <h3>
        <GroupIcon size={14} aria-hidden />
        {t(`summary.${group}`)}
      </h3>
      <ul>
        {items.map((item) => (
          <Item key={`${item.kind}-${item.id}`} item={item} storeId={storeId} />
        ))}
      </ul>
      {more > 0 && <p className={css.more}>{t("summary.more", { count: more })}</p>}
    </div>
  );
}

const longestSearch = 200;

function Item({ item, storeId }: { item: SummaryItem; storeId: number | null }) {
  const { t } = useTranslation();
  const { kind, id, title, by, count, store_count, priority, at } = item;
  return (
    <li className={css.item}>
      <LevelBadge value={priority} />
      <span className={css.words}>
        {kind === "alert" ? (
          <AlertLink alertId={id} className={css.title}>
            {title}
          </AlertLink>
        ) : (
          // It has no page of its own: the inbox lists it, with all that can be done.
          <PathLink
            className={css.title}
            path={`/notifications${stringifySearch({ q: title.slice(0, longestSearch), ...(storeId && { store: [storeId] }) })}`}
          >
            {title}
          </PathLink>
        )}{" "}
        {store_count !== null && <span className={css.by}>{t("summary.stores", { count: store_count })}</span>}{" "}
        {count > 1 && <span className={css.pill}>×{formatNumber(count)}</span>}{" "}
        {by && <span className={css.by}>{t("summary.by", { name: by })}</span>}
      </span>
      <span className={css.time}>
        <Time iso={at} as="day" />
      </span>
    </li>
  );
}
