import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PaletteGate } from "@/app/palette/palette-gate";
import { Header } from "@/app/shell/header";
import { OfflineBar } from "@/app/shell/offline-bar";
import css from "@/app/shell/shell.module.css";
import { Sidebar } from "@/app/shell/sidebar";
import { useStaleness } from "@/app/shell/use-staleness";
import { setUnreadCount } from "@/features/notifications/cache";
import { closeShortcuts, openShortcuts, useShortcutsOpen } from "@/keyboard/shortcuts-dialog-state";
import { useKeySequences, useKeys } from "@/keyboard/use-keys";
import { useRealtime } from "@/realtime/use-realtime";
import { lazyDialog } from "@/ui/part";

const ShortcutsDialog = lazyDialog(() => import("@/app/shell/shortcuts-dialog"));

export function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const isShowingShortcuts = useShortcutsOpen();
  useRealtime(useCallback((count: number) => setUnreadCount(queryClient, count), [queryClient]));
  useStaleness();
  useKeys({ "?": openShortcuts });
  useKeySequences("g", {
    n: () => void navigate({ to: "/notifications" }),
    a: () => void navigate({ to: "/notifications", search: { tab: "alerts" } }),
    i: () => void navigate({ to: "/imports" }),
    o: () => void navigate({ to: "/orders" }),
    x: () => void navigate({ to: "/order-exceptions" }),
  });

  return (
    <div className={css.shell}>
      <a href="#content" className={css.skip}>
        {t("shell.skip")}
      </a>
      <Sidebar isOpen={isMenuOpen} onClose={() => setIsMenuOpen(false)} />
      <div className={css.page}>
        <Header onOpenMenu={() => setIsMenuOpen(true)} />
        <OfflineBar />
        <Content />
      </div>
      <PaletteGate />
      {isShowingShortcuts && <ShortcutsDialog onClose={closeShortcuts} />}
    </div>
  );
}

/** A new page takes the focus, so that keyboard and screen reader start at its top and not in the menu. */
function Content() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main ref={main} id="content" tabIndex={-1} className={css.content}>
      <Outlet />
    </main>
  );
}
