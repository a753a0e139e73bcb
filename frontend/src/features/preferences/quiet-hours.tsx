import "@mantine/core/styles/Switch.layer.css";
import { Switch, TextInput, UnstyledButton } from "@mantine/core";
import { IconMoon, IconMoonOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Preferences } from "@/api/types";
import { useNow } from "@/display/use-now";
import { Card } from "@/features/preferences/card";
import { clockIn, weekdayName, weekdays } from "@/features/preferences/local-clock";
import css from "@/features/preferences/preferences.module.css";
import { quietNow } from "@/features/preferences/quiet-now";

type Values = Preferences["quiet_hours"];

interface Props {
  value: Values;
  timezone: string;
  errorOf: (path: string) => string | undefined;
  onChange: (value: Values) => void;
}

export function QuietHours({ value, timezone, errorOf, onChange }: Props) {
  const { t } = useTranslation();
  const set = (part: Partial<Values>) => onChange({ ...value, ...part });
  const toggle = (day: number) =>
    set({
      weekdays: weekdays.filter((each) => value.weekdays.includes(each) !== (each === day)),
    });
  return (
    <Card
      title={t("preferences.quiet.title")}
      action={
        <Switch
          aria-label={t("preferences.quiet.title")}
          checked={value.is_on}
          onChange={(event) => set({ is_on: event.currentTarget.checked })}
        />
      }
    >
      {value.is_on && (
        <>
          <div className={css.pair}>
            <TextInput
              type="time"
              label={t("preferences.quiet.from")}
              value={value.start}
              error={errorOf("quiet_hours.start")}
              onChange={(event) => set({ start: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t("preferences.quiet.to")}
              value={value.end}
              error={errorOf("quiet_hours.end")}
              onChange={(event) => set({ end: event.currentTarget.value })}
            />
          </div>
          <fieldset className={css.days}>
            <legend>{t("preferences.quiet.days")}</legend>
            {weekdays.map((day) => (
              <UnstyledButton
                key={day}
                className={css.day}
                aria-pressed={value.weekdays.includes(day)}
                aria-label={weekdayName(day)}
                onClick={() => toggle(day)}
              >
                {weekdayName(day, "short")}
              </UnstyledButton>
            ))}
          </fieldset>
          <Switch
            className={css.switch}
            label={t("preferences.quiet.critical")}
            checked={value.critical_ignores}
            onChange={(event) => set({ critical_ignores: event.currentTarget.checked })}
          />
        </>
      )}
      <Sentence value={value} timezone={timezone} />
    </Card>
  );
}

/** What these hours do at this moment, in words. */
function Sentence({ value, timezone }: { value: Values; timezone: string }) {
  const { t } = useTranslation();
  const clock = clockIn(timezone, useNow());
  if (!clock || value.start === "" || value.end === "") return null;
  const state = quietNow(value, clock);
  const isQuiet = state.kind === "quiet" || state.kind === "always";
  const StateIcon = isQuiet ? IconMoon : IconMoonOff;
  const words =
    state.kind === "quiet"
      ? t("preferences.quiet.until", { time: state.until })
      : state.kind !== "waiting"
        ? t(`preferences.quiet.${state.kind}`)
        : state.isToday
          ? t("preferences.quiet.fromToday", { time: state.from })
          : t("preferences.quiet.fromDay", { day: weekdayName(state.weekday), time: state.from });
  return (
    <p className={css.sentence} data-tone={isQuiet ? "quiet" : undefined}>
      <StateIcon size={17} stroke={1.7} aria-hidden />
      <span>
        {words}{" "}
        {value.is_on &&
          t(value.critical_ignores ? "preferences.quiet.criticalRings" : "preferences.quiet.criticalWaits")}
      </span>
    </p>
  );
}
