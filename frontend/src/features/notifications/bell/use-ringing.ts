import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { recentQuery } from "@/features/notifications/api";
import { refreshCounts } from "@/features/notifications/cache";
import { targetOf } from "@/features/notifications/wording";
import { useOpenAlert } from "@/inbox/use-open-alert";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { announce } from "@/ui/announcer";
import { showToast } from "@/ui/toasts";

/** Keeps the bell current, tells screen readers politely, and shows a message on screen for what is critical only. */
export function useRinging(): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const openAlert = useOpenAlert();
  const queryClient = useQueryClient();
  const { data } = useQuery(recentQuery);
  const newestKnown = useRef<number | null>(null);
  const created = useRef(new Set<number>());
  const [openedAt] = useState(Date.now);
  const backUpTo = useRef(openedAt);

  const opening = useRef((_item: Notification) => {});
  opening.current = (item) => {
    const target = targetOf(t, item);
    if (target?.kind === "path") void navigate({ href: target.href });
    else if (target?.kind === "external") window.open(target.href, "_blank", "noreferrer");
    else if (target?.kind === "alert") openAlert(Number(target.href));
    else void navigate({ to: "/notifications", search: { status: "unread" } });
  };

  useHints((hints) => {
    for (const { name, id } of hints) if (name === "notification.created" && id !== null) created.current.add(id);
    if (saysChanged(hints, "notification.created", "notification.changed", "alert.changed")) refreshCounts(queryClient);
  });

  useEffect(() => {
    if (!data) return;
    const newest = Math.max(0, ...data.items.map(({ id }) => id));
    const known = newestKnown.current;
    newestKnown.current = Math.max(newest, known ?? 0);
    // The first answer is what was there before this page: nothing of it rings.
    if (known === null) return;
    // An old one is listed again when a colleague marks it as unread; the time tells of what no hint has named.
    const isNew = ({ id, created_at }: Notification) => created.current.has(id) || Date.parse(created_at) > openedAt;
    const isBack = ({ returned_at }: Notification) =>
      returned_at !== null && Date.parse(returned_at) > backUpTo.current;
    const arrived = data.items.filter((item) => isBack(item) || (item.id > known && isNew(item)));
    backUpTo.current = Math.max(backUpTo.current, ...arrived.map(({ returned_at }) => Date.parse(returned_at ?? "0")));
    const [latest] = arrived;
    if (!latest) return;
    announce(t("shell.bell.arrived", { count: arrived.length, title: latest.title }));
    for (const item of arrived.filter(({ priority }) => priority === "critical").slice(0, 3)) {
      showToast({
        kind: "critical",
        message: item.title,
        detail: item.message,
        action: { label: t("action.view"), run: () => opening.current(item) },
      });
    }
  }, [data, t, openedAt]);
}
