import "@/inbox/snooze/texts";
import { Button, TextInput, UnstyledButton } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "@/display/use-now";
import { exactTime } from "@/inbox/snooze/coming";
import { faultOf, presetsAt } from "@/inbox/snooze/presets";
import css from "@/inbox/snooze/snooze.module.css";
import { useSingleKeysOn } from "@/keyboard/preference";
import { useDialogKeys } from "@/keyboard/use-keys";

interface Props {
  /** There is a snooze that can be ended. */
  isSnoozed: boolean;
  /** Null ends it now. */
  onChoose: (until: string | null) => void;
}

interface Choice {
  readonly name: string;
  readonly time: string | null;
  readonly run: () => void;
}

/** Until when: a few times that fit the hour, and one of one's own. Each has a number to press. */
export function SnoozeChoices({ isSnoozed, onChoose }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const [isOwn, setIsOwn] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus({ preventScroll: true }), []);

  const choices: readonly Choice[] = [
    ...presetsAt(now).map(({ name, at }) => ({
      name: t(`snooze.preset.${name}`),
      time: exactTime(at, now),
      run: () => onChoose(at.toISOString()),
    })),
    ...(isSnoozed ? [{ name: t("snooze.wake"), time: null, run: () => onChoose(null) }] : []),
    // Last: its field opens below.
    { name: t("snooze.preset.own"), time: null, run: () => setIsOwn(true) },
  ];
  useDialogKeys(Object.fromEntries(choices.map(({ run }, at) => [String(at + 1), run])));
  const hasKeys = useSingleKeysOn();

  return (
    <>
      <ul className={css.choices}>
        {choices.map(({ name, time, run }, at) => (
          <li key={name}>
            <UnstyledButton
              ref={at === 0 ? first : null}
              className={css.choice}
              data-autofocus={at === 0 || undefined}
              onClick={run}
            >
              <span>{name}</span>
              {time && <span className={css.time}>{time}</span>}
              {hasKeys && <kbd aria-hidden>{at + 1}</kbd>}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {isOwn && <OwnTime now={now} onChoose={onChoose} />}
      <p className={css.zone}>
        {t("snooze.zone", { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ") })}
      </p>
    </>
  );
}

function OwnTime({ now, onChoose }: { now: Date; onChoose: (until: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<ReturnType<typeof faultOf>>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const date = typed === "" ? null : new Date(typed);
    const found = faultOf(date, new Date());
    setFault(found);
    if (found) field.current?.focus();
    if (date && !found) onChoose(date.toISOString());
  };
  return (
    <form className={css.own} onSubmit={submit} noValidate>
      <TextInput
        type="datetime-local"
        label={t("snooze.ownTime")}
        min={fieldTime(now)}
        value={typed}
        error={fault && t(`snooze.error.${fault}`)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        ref={field}
      />
      <Button type="submit" variant="filled">
        {t("snooze.confirm")}
      </Button>
    </form>
  );
}

/** A time as the browser's field has it. */
function fieldTime(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
