import { ActionIcon, useMatches } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, useState } from "react";
import { useTranslation } from "react-i18next";
import { badgeCount } from "@/display/numbers";
import { recentQuery, unreadCountQuery } from "@/features/notifications/api";
import css from "@/features/notifications/bell/bell.module.css";
import { BellPanel } from "@/features/notifications/bell/bell-panel";
import { useRinging } from "@/features/notifications/bell/use-ringing";
import { useSeenMark } from "@/features/notifications/bell/use-seen-mark";
import { useKeySequences } from "@/keyboard/use-keys";
import { narrow } from "@/theme/breakpoints";
import { lazyDialog } from "@/ui/part";
import panel from "@/ui/popover.module.css";
import { usePopover } from "@/ui/use-popover";

const BellSheet = lazyDialog(() => import("@/features/notifications/bell/bell-sheet"));

/** A dropdown under the bell; under 720 px a sheet from below. */
export function Bell() {
  const isNarrow = useMatches({ base: true, [narrow]: false }, { getInitialValueInEffect: false });
  useRinging();
  return isNarrow ? <BellWithSheet /> : <BellWithDropdown />;
}

function BellWithDropdown() {
  const { t } = useTranslation();
  const popover = usePopover({ align: "end" });
  useSeenMark(popover.isOpen);
  useKeySequences("g", { b: popover.toggle });
  return (
    <>
      <BellButton {...popover.buttonProps} />
      <div {...popover.panelProps} className={panel.panel}>
        {popover.isOpen && (
          <div role="dialog" aria-label={t("shell.bell.title")} className={css.dropdown}>
            <BellPanel onClose={popover.close} />
          </div>
        )}
      </div>
    </>
  );
}

function BellWithSheet() {
  const [isOpen, setIsOpen] = useState(false);
  useSeenMark(isOpen);
  return (
    <>
      <BellButton aria-expanded={isOpen} onClick={() => setIsOpen(true)} />
      {isOpen && <BellSheet onClose={() => setIsOpen(false)} />}
    </>
  );
}

type ButtonProps = Pick<
  ComponentProps<"button">,
  "ref" | "popoverTarget" | "aria-expanded" | "aria-controls" | "onClick"
>;

function BellButton(props: ButtonProps) {
  const { t } = useTranslation();
  const { data: recent } = useQuery(recentQuery);
  const { data: counts } = useQuery(unreadCountQuery);
  const unread = counts?.unread_count ?? recent?.unread_count ?? 0;
  const fresh = recent?.new_count ?? 0;
  const name = fresh > 0 ? t("shell.bell.nameNew", { count: unread, fresh }) : t("shell.bell.name", { count: unread });
  return (
    <ActionIcon {...props} size={36} className={css.bell} aria-label={name} aria-haspopup="dialog">
      <IconBell size={20} stroke={1.8} />
      {unread > 0 && (
        <span className={css.badge} data-fresh={fresh > 0 || undefined} aria-hidden>
          {badgeCount(unread)}
        </span>
      )}
    </ActionIcon>
  );
}
