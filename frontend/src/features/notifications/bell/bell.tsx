import { ActionIcon, Popover, useMatches } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { badgeCount } from "@/display/numbers";
import { recentQuery, unreadCountQuery } from "@/features/notifications/api";
import css from "@/features/notifications/bell/bell.module.css";
import { BellPanel } from "@/features/notifications/bell/bell-panel";
import { useMoveSeenMark } from "@/features/notifications/bell/use-seen-mark";
import { useRinging } from "@/features/notifications/bell/use-ringing";
import { useKeySequences } from "@/keyboard/use-keys";
import { narrow } from "@/theme/breakpoints";

const BellSheet = lazy(() => import("@/features/notifications/bell/bell-sheet"));

export function Bell() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const isNarrow = useMatches({ base: true, [narrow]: false }, { getInitialValueInEffect: false });
  const recent = useQuery(recentQuery);
  const { data: counts } = useQuery(unreadCountQuery);
  const moveSeenMark = useMoveSeenMark();
  useRinging();

  const unread = counts?.unread_count ?? recent.data?.unread_count ?? 0;
  const fresh = recent.data?.new_count ?? 0;
  const toggle = () => {
    if (!isOpen) moveSeenMark();
    setIsOpen(!isOpen);
  };
  const close = () => setIsOpen(false);
  useKeySequences("g", { b: toggle });

  const button = (
    <ActionIcon
      size={36}
      className={css.bell}
      aria-label={
        fresh > 0 ? t("shell.bell.nameNew", { count: unread, fresh }) : t("shell.bell.name", { count: unread })
      }
      aria-expanded={isOpen}
      aria-haspopup="dialog"
      onClick={toggle}
    >
      <IconBell size={20} stroke={1.8} />
      {unread > 0 && (
        <span className={css.badge} data-fresh={fresh > 0 || undefined} aria-hidden>
          {badgeCount(unread)}
        </span>
      )}
    </ActionIcon>
  );

  if (isNarrow) {
    return (
      <>
        {button}
        {isOpen && (
          <Suspense>
            <BellSheet onClose={close} unread={unread} />
          </Suspense>
        )}
      </>
    );
  }
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={420} offset={4} trapFocus returnFocus shadow="none">
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown className={css.dropdown} aria-label={t("shell.bell.title")}>
        <BellPanel onClose={close} unread={unread} />
      </Popover.Dropdown>
    </Popover>
  );
}
