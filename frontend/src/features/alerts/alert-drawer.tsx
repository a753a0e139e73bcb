import "@/features/alerts/texts";
import "@/inbox/actions/texts";
import "@/inbox/snooze/texts";
import { Button, CopyButton } from "@mantine/core";
import { IconLink, IconZoomQuestion } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isProblemWith } from "@/api/problem";
import type { AlertDetail } from "@/api/types";
import { AlertActions } from "@/features/alerts/alert-actions";
import css from "@/features/alerts/alert-drawer.module.css";
import { AlertFacts } from "@/features/alerts/alert-facts";
import { AlertStores } from "@/features/alerts/alert-stores";
import { AlertTimeline } from "@/features/alerts/alert-timeline";
import { alertKeys, alertQuery } from "@/features/alerts/api";
import { CommentForm } from "@/features/alerts/comment-form";
import { HandlingButtons } from "@/features/alerts/handling-buttons";
import { ResolveForm } from "@/features/alerts/resolve-form";
import { useNotesUntil } from "@/features/alerts/use-draft";
import { WhySection } from "@/inbox/why/why-section";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { useCan } from "@/session/current-user";
import { LevelBadge } from "@/ui/level-badge";
import { EmptyState, ErrorState } from "@/ui/page-state";
import { Sheet } from "@/ui/sheet";

export default function AlertDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const alert = useQuery(alertQuery(id));
  useHints((hints) => {
    const isOurs = hints.some((hint) => hint.id === null || hint.id === id);
    if (isOurs && saysChanged(hints, "alert.changed")) {
      void queryClient.invalidateQueries({ queryKey: alertKeys.detail(id) });
    }
  });

  return (
    <Sheet title={t("alerts.drawer.title")} onClose={onClose}>
      {alert.isPending && <DrawerBones />}
      {alert.isError && !alert.data && <DrawerError error={alert.error} onRetry={() => void alert.refetch()} />}
      {alert.data && <DrawerBody alert={alert.data} />}
    </Sheet>
  );
}

function CopyLink({ id }: { id: number }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={`${window.location.origin}/notifications?tab=alerts&alert=${id}`}>
      {({ copied, copy }) => (
        <Button
          className={css.copy}
          variant="subtle"
          size="compact-xs"
          leftSection={<IconLink size={14} />}
          onClick={copy}
        >
          {copied ? t("action.copied") : t("alerts.drawer.copyLink")}
        </Button>
      )}
    </CopyButton>
  );
}

function DrawerBody({ alert }: { alert: AlertDetail }) {
  const canTriage = useCan("triage");
  useNotesUntil(alert.is_resolved, alert.id);
  return (
    <div className={css.body}>
      <div>
        <LevelBadge value={alert.is_resolved ? "resolved" : alert.severity} />
        {alert.is_resolved && <LevelBadge value={alert.severity} />}
        <CopyLink id={alert.id} />
      </div>
      <h2 className={css.title}>{alert.title}</h2>
      {alert.description && <p className={css.description}>{alert.description}</p>}
      {canTriage && <HandlingButtons alert={alert} />}
      <AlertActions alert={alert} />
      <AlertFacts alert={alert} />
      {canTriage && !alert.is_resolved && <ResolveForm id={alert.id} />}
      <AlertStores alert={alert} />
      <WhySection subject={{ kind: "alert", id: alert.id }} />
      <AlertTimeline alert={alert} />
      {canTriage && <CommentForm id={alert.id} />}
    </div>
  );
}

function DrawerError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  if (!isProblemWith(error, 404)) return <ErrorState error={error} onRetry={onRetry} />;
  return (
    <EmptyState icon={IconZoomQuestion} title={t("alerts.drawer.missing")} body={t("alerts.drawer.missingBody")} />
  );
}

function DrawerBones() {
  const { t } = useTranslation();
  return (
    <div className={css.body} role="status" aria-label={t("state.loading")}>
      <span className="bone" style={{ width: 84, height: 22 }} />
      <span className="bone" style={{ width: "72%", height: 16, marginTop: 6 }} />
      <span className="bone" style={{ width: "94%", height: 12 }} />
      {[40, 52, 34, 46].map((width) => (
        <span key={width} className="bone" style={{ width: `${width}%`, height: 12, marginTop: 8 }} />
      ))}
    </div>
  );
}
