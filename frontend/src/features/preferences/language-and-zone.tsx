import "@/ui/select-styles";
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "@/display/use-now";
import { Card } from "@/features/preferences/card";
import type { Draft } from "@/features/preferences/draft";
import { clockIn, timeZones } from "@/features/preferences/local-clock";
import css from "@/features/preferences/preferences.module.css";
import { Segments } from "@/filters/segments";
import { languages } from "@/i18n";
import { readChoice } from "@/url/read-search";

interface Props {
  language: Draft["language"];
  timezone: string;
  errorOf: (path: string) => string | undefined;
  onLanguage: (language: Draft["language"]) => void;
  onTimezone: (timezone: string) => void;
}

export function LanguageAndZone({ language, timezone, errorOf, onLanguage, onTimezone }: Props) {
  const { t } = useTranslation();
  const clock = clockIn(timezone, useNow());
  const zones = useMemo(() => [...new Set([timezone, ...timeZones()])].sort(), [timezone]);
  return (
    <Card title={t("preferences.language.title")} intro={t("preferences.language.intro")}>
      <div className={css.segments}>
        <Segments
          filter={{
            label: t("preferences.language.label"),
            selected: language,
            options: languages.map((value) => ({ value, label: t(`preferences.language.name.${value}`) })),
            onChange: (value) => onLanguage(readChoice(value, languages) ?? "en"),
          }}
        />
      </div>
      <Select
        label={t("preferences.language.zone")}
        description={clock ? t("preferences.language.now", { time: clock.time }) : undefined}
        inputWrapperOrder={["label", "input", "description", "error"]}
        searchable
        limit={60}
        openOnFocus={false}
        allowDeselect={false}
        nothingFoundMessage={t("preferences.language.noZone")}
        value={timezone}
        error={errorOf("timezone")}
        data={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
        onChange={(zone) => zone !== null && onTimezone(zone)}
      />
    </Card>
  );
}
