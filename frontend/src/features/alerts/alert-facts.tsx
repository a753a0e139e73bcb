import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AlertDetail } from "@/api/types";
import { dayAndTime } from "@/display/dates";
import { useNow } from "@/display/use-now";
import css from "@/features/alerts/alert-drawer.module.css";
import { Assignee } from "@/features/alerts/assignee";
import { alertTypeName, newlyReturnedAt } from "@/features/alerts/wording";
import { AlertLink } from "@/inbox/alert-link";
import { comingTime } from "@/inbox/snooze/coming";
import { Time } from "@/ui/time";

export function AlertFacts({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const returnedAt = newlyReturnedAt(alert);
  const by = (person: { name: string } | null, iso: string) =>
    t("alerts.drawer.resolvedBy", { name: person?.name ?? "–", time: dayAndTime(iso, now) });
  return (
    <dl className={css.facts}>
      <Fact name={t("alerts.drawer.seen")}>{t("alerts.drawer.times", { count: alert.occurrence_count })}</Fact>
      <Fact name={t("alerts.drawer.first")}>
        <Time iso={alert.first_occurred_at} as="day" />
      </Fact>
      <Fact name={t("alerts.drawer.last")}>
        <Time iso={alert.last_occurred_at} as="ago" />
      </Fact>
      <Fact name={t("alerts.drawer.type")}>{alertTypeName(t, alert.alert_type)}</Fact>
      {alert.affected_systems.length > 0 && (
        <Fact name={t("alerts.drawer.systems")}>{alert.affected_systems.join(", ")}</Fact>
      )}
      {alert.acknowledged_at && (
        <Fact name={t("alerts.drawer.acknowledged")}>{by(alert.acknowledged_by, alert.acknowledged_at)}</Fact>
      )}
      {alert.snoozed_until && (
        <Fact name={t("snooze.fact")}>
          {alert.snoozed_by
            ? t("snooze.factUntilBy", { time: comingTime(alert.snoozed_until, now), name: alert.snoozed_by.name })
            : t("snooze.factUntil", { time: comingTime(alert.snoozed_until, now) })}
        </Fact>
      )}
      {returnedAt && (
        <Fact name={t("snooze.backFact")}>
          <Time iso={returnedAt} as="day" />
        </Fact>
      )}
      {!alert.is_resolved && (
        <Fact name={t("alerts.drawer.assigned")}>
          <Assignee alert={alert} />
        </Fact>
      )}
      {alert.resolved_at && (
        <Fact name={t("alerts.drawer.resolved")}>
          {alert.resolved_by
            ? by(alert.resolved_by, alert.resolved_at)
            : t("alerts.drawer.healed", { time: dayAndTime(alert.resolved_at, now) })}
        </Fact>
      )}
      {alert.resolution_notes && <Fact name={t("alerts.drawer.notes")}>{alert.resolution_notes}</Fact>}
      {alert.regressed_from_id !== null && (
        <Fact name={t("alerts.drawer.regressedLabel")}>
          <AlertLink alertId={alert.regressed_from_id}>
            {t("alerts.drawer.regressedFrom", { id: alert.regressed_from_id })}
          </AlertLink>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </>
  );
}
