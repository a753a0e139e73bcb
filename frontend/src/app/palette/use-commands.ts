import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import {
  type Icon,
  IconAlertOctagon,
  IconBellPlus,
  IconBuildingStore,
  IconFileImport,
  IconKeyboard,
  IconLogout,
  IconMailOpened,
  IconMoon,
  IconPlus,
  IconSearch,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { closePalette } from "@/app/palette/palette-state";
import { ownPages, pages } from "@/app/shell/navigation";
import { useSignOut } from "@/app/shell/use-sign-out";
import { allStoresQuery } from "@/directory/stores";
import { recentImportsQuery } from "@/features/imports/api";
import { importStatusName } from "@/features/imports/wording";
import { openShortcuts } from "@/keyboard/shortcuts-dialog-state";
import { useCurrentUser } from "@/session/current-user";
import { can } from "@/session/roles";

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon: Icon;
  readonly run: () => void;
}

interface Group {
  readonly name: string;
  readonly commands: readonly Command[];
}

const shownOfEach = 6;

export function useCommands(query: string): readonly Group[] {
  const { t } = useTranslation();
  const pageCommands = usePageCommands();
  const actions = useActionCommands();
  const stores = useStoreCommands();
  const imports = useImportCommands();
  const search = useSearchCommands(query.trim());
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ label, detail = "" }: Command) => {
    const text = `${label} ${detail}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  };
  return [
    { name: t("shell.palette.pages"), commands: pageCommands.filter(matches) },
    { name: t("shell.palette.actions"), commands: actions.filter(matches) },
    // Without a query the lists would push the actions out of sight.
    { name: t("shell.palette.stores"), commands: words.length > 0 ? stores.filter(matches).slice(0, shownOfEach) : [] },
    { name: t("shell.palette.imports"), commands: imports.filter(matches).slice(0, shownOfEach) },
    // Last: it fits whatever is typed, and must not take Enter from what was meant.
    { name: t("filter.search"), commands: search },
  ].filter(({ commands }) => commands.length > 0);
}

function thenClose(run: () => void): () => void {
  return () => {
    closePalette();
    run();
  };
}

function usePageCommands(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const user = useCurrentUser();
  const listed = [...pages.flatMap((group) => group.pages), ...ownPages];
  return listed
    .filter(({ needs }) => !needs || can(user, needs))
    .map(({ name, to, icon }) => ({
      id: `page-${name}`,
      label: t(`shell.page.${name}`),
      icon,
      run: thenClose(() => void navigate({ to })),
    }));
}

function useActionCommands(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const user = useCurrentUser();
  const signOut = useSignOut();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  const commands: (Command | false)[] = [
    {
      id: "unread",
      label: t("shell.palette.unreadOnly"),
      icon: IconMailOpened,
      run: thenClose(() => void navigate({ to: "/notifications", search: { status: "unread" } })),
    },
    {
      id: "critical",
      label: t("shell.palette.criticalAlerts"),
      icon: IconAlertOctagon,
      run: thenClose(
        () =>
          void navigate({ to: "/notifications", search: { tab: "alerts", status: "active", severity: ["critical"] } }),
      ),
    },
    can(user, "run-jobs") && {
      id: "import",
      label: t("shell.palette.startImport"),
      icon: IconFileImport,
      run: thenClose(() => void navigate({ to: "/imports", search: { start: true } })),
    },
    can(user, "manage") && {
      id: "notification",
      label: t("shell.palette.createNotification"),
      icon: IconBellPlus,
      run: thenClose(() => void navigate({ to: "/notifications", search: { create: true } })),
    },
    can(user, "manage") && {
      id: "store",
      label: t("shell.palette.createStore"),
      icon: IconPlus,
      run: thenClose(() => void navigate({ to: "/stores", search: { create: true } })),
    },
    {
      id: "theme",
      label: t("shell.palette.toggleTheme"),
      icon: IconMoon,
      run: thenClose(() => setColorScheme(isDark ? "light" : "dark")),
    },
    { id: "shortcuts", label: t("shell.palette.shortcuts"), icon: IconKeyboard, run: thenClose(openShortcuts) },
    { id: "sign-out", label: t("shell.signOut"), icon: IconLogout, run: thenClose(signOut) },
  ];
  return commands.filter((command) => command !== false);
}

function useSearchCommands(query: string): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (query === "") return [];
  return [
    {
      id: "search",
      label: t("shell.palette.searchNotifications", { q: query }),
      icon: IconSearch,
      run: thenClose(() => void navigate({ to: "/notifications", search: { q: query.slice(0, 200) } })),
    },
    {
      id: "search-orders",
      label: t("shell.palette.searchOrders", { q: query }),
      icon: IconSearch,
      run: thenClose(() => void navigate({ to: "/orders", search: { q: query.slice(0, 200) } })),
    },
  ];
}

function useStoreCommands(): Command[] {
  const navigate = useNavigate();
  const { data = [] } = useQuery(allStoresQuery);
  return data.map(({ id, name, store_code }) => ({
    id: `store-${id}`,
    label: name,
    detail: store_code,
    icon: IconBuildingStore,
    run: thenClose(() => void navigate({ to: "/stores/$id", params: { id } })),
  }));
}

function useImportCommands(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data = [] } = useQuery(recentImportsQuery);
  return data.map(({ id, store_name, status }) => ({
    id: `import-${id}`,
    label: `#${id} · ${store_name ?? ""}`,
    detail: importStatusName(t, status),
    icon: IconFileImport,
    run: thenClose(() => void navigate({ to: "/imports/$id", params: { id } })),
  }));
}
