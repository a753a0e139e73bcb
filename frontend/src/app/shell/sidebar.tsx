import { useMatches } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Page, pages } from "@/app/shell/navigation";
import css from "@/app/shell/sidebar.module.css";
import { badgeCount } from "@/display/numbers";
import { unreadCountQuery } from "@/features/notifications/api";
import { usePendingCount } from "@/features/orders/exceptions/use-pending-count";
import { useCurrentUser } from "@/session/current-user";
import { can } from "@/session/roles";
import { narrow } from "@/theme/breakpoints";
import mark from "@/theme/tocsin.svg";
import { lazyDialog } from "@/ui/part";

const SidebarSheet = lazyDialog(() => import("@/app/shell/sidebar-sheet"));

/** Under 720 px it waits behind the burger. */
export function Sidebar({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const isNarrow = useMatches({ base: true, [narrow]: false }, { getInitialValueInEffect: false });
  if (!isNarrow) {
    return (
      <div className={css.sidebar}>
        <Brand />
        <Navigation />
      </div>
    );
  }
  if (!isOpen) return null;
  return <SidebarSheet onClose={onClose} />;
}

export function Brand() {
  const { t } = useTranslation();
  return (
    <Link to="/notifications" className={css.brand}>
      <img src={mark} alt="" width={24} height={24} />
      {t("shell.product")}
    </Link>
  );
}

export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const { data: unread } = useQuery(unreadCountQuery);
  const counts: Partial<Record<Page["name"], number | undefined>> = {
    notifications: unread?.unread_count,
    orderExceptions: usePendingCount(),
  };
  return (
    <nav aria-label={t("shell.mainNavigation")}>
      {pages.map(({ group, pages: inGroup }) => (
        <div key={group ?? "first"} className={css.group}>
          {group && <p className={css.groupName}>{t(`shell.group.${group}`)}</p>}
          <ul>
            {inGroup
              .filter(({ needs }) => !needs || can(user, needs))
              .map((page) => (
                <Item key={page.name} page={page} count={counts[page.name]} onNavigate={onNavigate} />
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface ItemProps {
  page: Page;
  count: number | undefined;
  onNavigate: (() => void) | undefined;
}

function Item({ page, count, onNavigate }: ItemProps) {
  const { t } = useTranslation();
  const { icon: PageIcon } = page;
  return (
    <li>
      <Link
        to={page.to}
        className={css.item}
        activeProps={{ "data-active": true }}
        activeOptions={{ includeSearch: false }}
        onClick={() => onNavigate?.()}
      >
        <PageIcon size={19} stroke={1.7} aria-hidden />
        <span className={css.name}>{t(`shell.page.${page.name}`)}</span>
        {count !== undefined && count > 0 && <span className={css.count}>{badgeCount(count)}</span>}
      </Link>
    </li>
  );
}
