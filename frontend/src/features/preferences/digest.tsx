import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Preferences } from "@/api/types";
import { Card } from "@/features/preferences/card";
import { hasTime } from "@/features/preferences/draft";
import { weekdayName, weekdays } from "@/features/preferences/local-clock";
import css from "@/features/preferences/preferences.module.css";
import { Segments } from "@/filters/segments";
import { readChoice } from "@/url/read-search";

type Values = Preferences["digest"];
const frequencies = ["none", "hourly", "daily", "weekly"] as const satisfies readonly Values["frequency"][];

interface Props {
  value: Values;
  errorOf: (path: string) => string | undefined;
  onChange: (value: Values) => void;
}

export function Digest({ value, errorOf, onChange }: Props) {
  const { t } = useTranslation();
  const { frequency, at, weekday } = value;
  return (
    <Card title={t("preferences.digest.title")} intro={t("preferences.digest.intro")}>
      <div className={css.segments}>
        <Segments
          filter={{
            label: t("preferences.digest.title"),
            selected: frequency,
            options: frequencies.map((each) => ({ value: each, label: t(`preferences.digest.frequency.${each}`) })),
            onChange: (chosen) => onChange({ ...value, frequency: readChoice(chosen, frequencies) ?? "none" }),
          }}
        />
      </div>
      {hasTime(value) && (
        <div className={css.pair}>
          {frequency === "weekly" && (
            <NativeSelect
              label={t("preferences.digest.weekday")}
              value={String(weekday)}
              error={errorOf("digest.weekday")}
              data={weekdays.map((day) => ({ value: String(day), label: weekdayName(day) }))}
              onChange={(event) => onChange({ ...value, weekday: Number(event.currentTarget.value) })}
            />
          )}
          <TextInput
            type="time"
            label={t("preferences.digest.at")}
            value={at}
            error={errorOf("digest.at")}
            onChange={(event) => onChange({ ...value, at: event.currentTarget.value })}
          />
        </div>
      )}
      <p className={css.after}>
        {frequency === "weekly"
          ? t("preferences.digest.comesWeekly", { day: weekdayName(weekday), time: at })
          : t(`preferences.digest.comes.${frequency}`, { time: at })}
      </p>
    </Card>
  );
}
