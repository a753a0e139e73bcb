import { Button } from "@mantine/core";
import { IconBellOff, IconBellRinging, IconBellZ } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertDetail } from "@/api/types";
import css from "@/features/alerts/alert-drawer.module.css";
import { silenceOf } from "@/features/alerts/silence-of";
import { useSnoozeAlerts } from "@/features/alerts/use-snooze";
import { closesFirst, escapeMark, ownEscape } from "@/inbox/snooze/own-escape";
import { SnoozeChoices } from "@/inbox/snooze/snooze-choices";
import { PathLink } from "@/url/path-link";

/** In the drawer of an open alert: not now, or nothing of the kind for a while. */
export function PutOff({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const snooze = useSnoozeAlerts();
  const [isChoosing, setIsChoosing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isSnoozed = alert.snoozed_until !== null;
  const close = () => {
    setIsChoosing(false);
    button.current?.focus();
  };
  return (
    <div className={css.putOff}>
      {isSnoozed && (
        <Button
          size="compact-sm"
          leftSection={<IconBellRinging size={15} />}
          onClick={() => {
            snooze([alert], null);
            // This one goes when it is awake.
            button.current?.focus();
          }}
        >
          {t("snooze.wake")}
        </Button>
      )}
      <Button
        ref={button}
        size="compact-sm"
        leftSection={<IconBellZ size={15} />}
        aria-expanded={isChoosing}
        {...(isChoosing && { ...escapeMark, onKeyDown: closesFirst(close) })}
        onClick={() => setIsChoosing((before) => !before)}
      >
        {t("snooze.snooze")}
      </Button>
      <Button
        size="compact-sm"
        leftSection={<IconBellOff size={15} />}
        renderRoot={(props) => <PathLink {...props} path={silenceOf(alert)} />}
      >
        {t("snooze.silenceThis")}
      </Button>
      {isChoosing && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset's box does not take a flex row's whole width
        <div className={css.choices} role="group" aria-label={t("snooze.title")} {...ownEscape(close)}>
          <SnoozeChoices
            isSnoozed={false}
            onChoose={(until) => {
              snooze([alert], until);
              close();
            }}
          />
        </div>
      )}
    </div>
  );
}
