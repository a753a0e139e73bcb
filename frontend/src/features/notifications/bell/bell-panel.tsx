import { Button } from "@mantine/core";
import { IconBellZ, IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { recentQuery, unreadCountQuery } from "@/features/notifications/api";
import css from "@/features/notifications/bell/bell.module.css";
import { BellItem } from "@/features/notifications/bell/bell-item";
import { useMarkAllRead } from "@/features/notifications/use-mark-all";
import { useReadState } from "@/features/notifications/use-read-state";
import { useSingleKeysOn } from "@/keyboard/preference";
import { useCan } from "@/session/current-user";
import { EmptyState, ErrorState } from "@/ui/page-state";

interface Props {
  isInSheet?: boolean;
  onClose: () => void;
}

export function BellPanel({ isInSheet, onClose }: Props) {
  const { t } = useTranslation();
  const recent = useQuery(recentQuery);
  const items = recent.data?.items ?? [];
  return (
    <>
      {!isInSheet && (
        <div className={css.header}>
          <BellTitle />
          <MarkAllSeen />
        </div>
      )}
      {recent.isPending && <BellBones />}
      {recent.isError && items.length === 0 && (
        <ErrorState error={recent.error} onRetry={() => void recent.refetch()} />
      )}
      {recent.isSuccess && items.length === 0 && (
        <EmptyState icon={IconBellZ} title={t("shell.bell.empty")} body={t("shell.bell.emptyBody")} />
      )}
      {items.length > 0 && <Items items={items} onClose={onClose} />}
      <PanelFooter onClose={onClose} />
    </>
  );
}

/** Its own part, because the sheet has it in its title line. */
export function BellTitle() {
  const { t } = useTranslation();
  const { data } = useQuery(recentQuery);
  const { data: counts } = useQuery(unreadCountQuery);
  return (
    <>
      <span className={css.title}>{t("shell.bell.title")}</span>
      <span className={css.count}>
        {t("shell.bell.unread", { count: counts?.unread_count ?? data?.unread_count ?? 0 })}
      </span>
    </>
  );
}

/** Marks what was there when the bell was last loaded; what arrives meanwhile stays unread. */
export function MarkAllSeen() {
  const { t } = useTranslation();
  const { data } = useQuery(recentQuery);
  const markAll = useMarkAllRead();
  const canTriage = useCan("triage");
  const items = data?.items ?? [];
  if (!canTriage || items.length === 0) return null;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={css.markAll}
      leftSection={<IconChecks size={16} />}
      loading={markAll.isPending}
      onClick={() => markAll.mutate({ up_to_id: Math.max(...items.map(({ id }) => id)) })}
    >
      {t("shell.bell.markAll")}
    </Button>
  );
}

function Items({ items, onClose }: { items: Notification[]; onClose: () => void }) {
  const setReadState = useReadState();
  const canTriage = useCan("triage");
  // One at a time: its numbers are keys.
  const [snoozing, setSnoozing] = useState<number | null>(null);
  return (
    <ul className={css.items}>
      {items.map((item) => (
        <BellItem
          key={item.id}
          notification={item}
          onRead={canTriage ? () => setReadState({ ids: [item.id], isRead: true }) : undefined}
          onClose={onClose}
          isChoosing={snoozing === item.id}
          onChoosing={(isChoosing) => setSnoozing(isChoosing ? item.id : null)}
        />
      ))}
    </ul>
  );
}

function PanelFooter({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const hasKeys = useSingleKeysOn();
  return (
    <div className={css.footer}>
      <Link to="/notifications" className={css.viewAll} onClick={onClose}>
        {t("shell.bell.viewAll")}
      </Link>
      {hasKeys && (
        <span className={css.keys} aria-hidden>
          <kbd>G</kbd> {t("shell.shortcuts.andThen")} <kbd>N</kbd>
        </span>
      )}
    </div>
  );
}

function BellBones() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")}>
      {[70, 54, 62].map((width) => (
        <div key={width} className={css.item} aria-hidden>
          <span className={`bone ${css.tileBone}`} />
          <span className={css.words}>
            <span className={`bone ${css.lineBone}`} style={{ width: `${width}%` }} />
            <span className={`bone ${css.lineBone}`} style={{ width: "92%" }} />
            <span className={`bone ${css.lineBone}`} style={{ width: "40%" }} />
          </span>
        </div>
      ))}
    </div>
  );
}
