import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Alert } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { AlertRowMenu } from "@/features/alerts/alert-row-menu";
import { alertTypeName, newlyReturnedAt, scopeText } from "@/features/alerts/wording";
import { AlertLink } from "@/inbox/alert-link";
import css from "@/inbox/row.module.css";
import { RowCheck } from "@/inbox/row-check";
import { SnoozeNote } from "@/inbox/snooze/lazy-note";
import { useCursorFocus } from "@/inbox/use-cursor-focus";
import { useLively } from "@/inbox/use-lively";
import { LevelBadge } from "@/ui/level-badge";
import { Time } from "@/ui/time";

export interface AlertRowActions {
  readonly canTriage: boolean;
  onAcknowledge: (alert: Alert) => void;
  onSnooze: (alert: Alert) => void;
  onFocus: (id: number) => void;
  onToggle: (id: number, toHere: boolean) => void;
}

interface Props {
  alert: Alert;
  isCursor: boolean;
  isSelected: boolean;
  actions: AlertRowActions;
}

export const AlertRow = memo(function AlertRow({ alert, isCursor, isSelected, actions }: Props) {
  const { t } = useTranslation();
  const row = useCursorFocus(isCursor);
  const { isLively, enliven } = useLively();
  const { id, title, severity, is_resolved, acknowledged_at, snoozed_until } = alert;
  const isWaiting = !is_resolved && snoozed_until === null;
  const titleId = `alert-${id}`;

  return (
    <article
      ref={row}
      className={css.row}
      tabIndex={-1}
      aria-labelledby={titleId}
      data-strong={(isWaiting && !acknowledged_at) || undefined}
      data-urgent={(isWaiting && (severity === "critical" || severity === "error")) || undefined}
      data-cursor={isCursor || undefined}
      data-selected={isSelected || undefined}
      onPointerEnter={enliven}
      onFocus={() => {
        enliven();
        actions.onFocus(id);
      }}
    >
      {actions.canTriage ? (
        <RowCheck title={title} isSelected={isSelected} onToggle={(toHere) => actions.onToggle(id, toHere)} />
      ) : (
        <span className={css.check} />
      )}
      <span className={css.badge}>
        <LevelBadge value={is_resolved ? "resolved" : severity} />
      </span>
      <AlertWords alert={alert} titleId={titleId} />
      <div className={css.actions}>
        {actions.canTriage && !is_resolved && (
          <AlertLink
            alertId={id}
            className={`${css.action} ${css.rest}`}
            aria-label={`${t("alerts.resolve")}: ${title}`}
          >
            {t("alerts.resolve")}
          </AlertLink>
        )}
        {actions.canTriage && isLively ? (
          <AlertRowMenu alert={alert} actions={actions} />
        ) : (
          <span className={css.menuPlace} />
        )}
      </div>
      <span className={css.time}>
        <Time iso={alert.last_occurred_at} as="row" />
      </span>
    </article>
  );
});

function AlertWords({ alert, titleId }: { alert: Alert; titleId: string }) {
  const { t } = useTranslation();
  const { id, title, occurrence_count, acknowledged_by, acknowledged_at, regressed_from_id, is_resolved } = alert;
  const returnedAt = newlyReturnedAt(alert);
  const scope = scopeText(t, alert);
  return (
    <div className={css.main}>
      <div className={css.titleLine}>
        <AlertLink id={titleId} className={css.title} title={title} data-open alertId={id}>
          {title}
        </AlertLink>
        {occurrence_count > 1 && (
          <span className={css.pill} title={t("alerts.occurrences", { count: occurrence_count })}>
            ×{formatNumber(occurrence_count)}
          </span>
        )}
        {regressed_from_id !== null && !is_resolved && (
          <span className={`${css.pill} ${css.back}`} title={t("alerts.regressedHint")}>
            {t("alerts.regressed")}
          </span>
        )}
        <SnoozeNote until={alert.snoozed_until} by={alert.snoozed_by} returnedAt={returnedAt} />
        {acknowledged_at && !is_resolved && (
          <span className={css.note}>
            {acknowledged_by ? t("alerts.acknowledgedBy", { name: acknowledged_by.name }) : t("alerts.acknowledged")}
          </span>
        )}
      </div>
      <p className={css.message}>
        <b>{alertTypeName(t, alert.alert_type)}</b>
        {alert.description && ` · ${alert.description}`}
        {scope && ` · ${scope}`}
      </p>
    </div>
  );
}
