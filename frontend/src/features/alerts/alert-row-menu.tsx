import { ActionIcon } from "@mantine/core";
import { IconDots, IconEye } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Alert } from "@/api/types";
import type { AlertRowActions } from "@/features/alerts/alert-row";
import { silenceOf } from "@/features/alerts/silence-of";
import { useSnoozeAlerts } from "@/features/alerts/use-snooze";
import css from "@/inbox/row.module.css";
import { SilenceItem } from "@/inbox/snooze/silence-item";
import { SnoozeItems } from "@/inbox/snooze/snooze-items";
import { Menu, MenuItem } from "@/ui/menu";

export function AlertRowMenu({ alert, actions }: { alert: Alert; actions: AlertRowActions }) {
  const { t } = useTranslation();
  const label = `${t("action.moreActions")}: ${alert.title}`;
  return (
    <Menu
      label={label}
      renderButton={(props) => (
        <ActionIcon {...props} className={css.more} aria-label={label} aria-haspopup="menu">
          <IconDots size={18} />
        </ActionIcon>
      )}
    >
      <Items alert={alert} actions={actions} />
    </Menu>
  );
}

/** Only while the menu is open. */
function Items({ alert, actions }: { alert: Alert; actions: AlertRowActions }) {
  const { t } = useTranslation();
  const snooze = useSnoozeAlerts();
  return (
    <>
      {!alert.is_resolved && (
        <>
          {alert.acknowledged_at === null && (
            <MenuItem icon={IconEye} onClick={() => actions.onAcknowledge(alert)}>
              {t("alerts.acknowledge")}
            </MenuItem>
          )}
          <SnoozeItems
            isSnoozed={alert.snoozed_until !== null}
            onSnooze={() => actions.onSnooze(alert)}
            onWake={() => snooze([alert], null)}
          />
        </>
      )}
      <SilenceItem path={silenceOf(alert)} />
    </>
  );
}
