import { ActionIcon } from "@mantine/core";
import { IconBellZ } from "@tabler/icons-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import css from "@/features/notifications/bell/bell-snooze.module.css";
import { useSnoozeNotifications } from "@/features/notifications/use-snooze";
import { closesFirst, escapeMark, ownEscape } from "@/inbox/snooze/own-escape";
import { SnoozeChoices } from "@/inbox/snooze/snooze-choices";
import { useDialogKeys } from "@/keyboard/use-keys";

interface Props {
  notification: Notification;
  isChoosing: boolean;
  onChoosing: (isChoosing: boolean) => void;
}

/** Under the tick: until when is asked within the entry, for a dialog would lie under the bell. */
export default function BellSnooze({ notification, isChoosing, onChoosing }: Props) {
  const { t } = useTranslation();
  const snooze = useSnoozeNotifications();
  const button = useRef<HTMLButtonElement>(null);
  const choices = useRef<HTMLFieldSetElement>(null);
  const hasFocus = useFocusOfEntry(button);
  useDialogKeys({ s: hasFocus ? () => onChoosing(true) : undefined });
  useEffect(() => {
    if (isChoosing) choices.current?.scrollIntoView({ block: "nearest" });
  }, [isChoosing]);
  const close = () => {
    onChoosing(false);
    button.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <ActionIcon
        ref={button}
        className={css.button}
        aria-label={t("snooze.named", { title: notification.title })}
        aria-expanded={isChoosing}
        onClick={() => onChoosing(!isChoosing)}
        {...(isChoosing && { ...escapeMark, onKeyDown: closesFirst(close) })}
      >
        <IconBellZ size={18} />
      </ActionIcon>
      {isChoosing && (
        <fieldset ref={choices} className={css.choices} aria-label={t("snooze.title")} {...ownEscape(close)}>
          <SnoozeChoices
            isSnoozed={false}
            onChoose={(until) => {
              snooze([notification], until);
              close();
            }}
          />
        </fieldset>
      )}
    </>
  );
}

/** Whether the entry has the focus; when it goes with the focus in it, the next one gets it, or the link below. */
function useFocusOfEntry(part: { readonly current: Element | null }): boolean {
  const [hasFocus, setHasFocus] = useState(false);
  useLayoutEffect(() => {
    const entry = part.current?.closest("li");
    if (!entry) return;
    const follow = (event: FocusEvent) => setHasFocus(event.type === "focusin");
    entry.addEventListener("focusin", follow);
    entry.addEventListener("focusout", follow);
    return () => {
      entry.removeEventListener("focusin", follow);
      entry.removeEventListener("focusout", follow);
      if (!entry.contains(document.activeElement)) return;
      const next = entry.nextElementSibling ?? entry.previousElementSibling;
      if (next) next.querySelector("a")?.focus();
      else [...(entry.closest('[role="dialog"]')?.querySelectorAll("a") ?? [])].at(-1)?.focus();
    };
  }, [part]);
  return hasFocus;
}
