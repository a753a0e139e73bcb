import { Button } from "@mantine/core";
import { IconEye, IconRotate, IconUserCheck, IconUserMinus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { isProblemWith } from "@/api/problem";
import type { AlertDetail } from "@/api/types";
import css from "@/features/alerts/alert-drawer.module.css";
import { PutOff } from "@/features/alerts/put-off";
import { useHandling } from "@/features/alerts/use-handling";
import { useCurrentUser } from "@/session/current-user";

export function HandlingButtons({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const { id, name } = useCurrentUser();
  const { mutate, isPending, variables, error } = useHandling(alert.id);
  const isBusy = (kind: string) => isPending && variables?.kind === kind;

  if (alert.is_resolved) {
    return (
      <>
        <div className={css.buttons}>
          <Button
            leftSection={<IconRotate size={16} />}
            loading={isBusy("reopen")}
            onClick={() => mutate({ kind: "reopen" })}
          >
            {t("alerts.reopen")}
          </Button>
        </div>
        {isProblemWith(error, 409) && <OpenAgain title={alert.title} />}
      </>
    );
  }
  const isMine = alert.assigned_to_user_id === id;
  return (
    <div className={css.buttons}>
      {!alert.acknowledged_at && (
        <Button
          leftSection={<IconEye size={16} />}
          loading={isBusy("acknowledge")}
          onClick={() => mutate({ kind: "acknowledge" })}
        >
          {t("alerts.acknowledge")}
        </Button>
      )}
      {isMine ? (
        <Button
          leftSection={<IconUserMinus size={16} />}
          loading={isBusy("assign")}
          onClick={() => mutate({ kind: "assign", to: null })}
        >
          {t("alerts.drawer.unassign")}
        </Button>
      ) : (
        <Button
          leftSection={<IconUserCheck size={16} />}
          loading={isBusy("assign")}
          onClick={() => mutate({ kind: "assign", to: { id, name } })}
        >
          {t("alerts.drawer.assignToMe")}
        </Button>
      )}
      <PutOff alert={alert} />
    </div>
  );
}

/** 409: the same problem has a newer alert already, which is the one to look at. */
function OpenAgain({ title }: { title: string }) {
  const { t } = useTranslation();
  return (
    <div className={css.conflict} role="alert">
      <p>
        <b>{t("alerts.drawer.conflictTitle")}</b> {t("alerts.drawer.conflictBody")}
      </p>
      <Link to="/notifications" search={{ tab: "alerts", status: "active", q: title.slice(0, 200) }}>
        {t("alerts.drawer.conflictShow")}
      </Link>
    </div>
  );
}
