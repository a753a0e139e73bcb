import { TextInput, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { localDay, shortDate, startOfDay } from "@/display/dates";
import { useNow } from "@/display/use-now";
import type { DateRangeFilter } from "@/filters/filter";
import css from "@/filters/filter.module.css";
import { FilterPopover } from "@/filters/filter-menu";

const presets = [1, 7, 30];

export function DateRangeMenu({ range }: { range: DateRangeFilter }) {
  const { t } = useTranslation();
  const now = useNow();
  const since = range.since && shortDate(startOfDay(range.since), now);
  const until = range.until && shortDate(startOfDay(range.until), now);
  const summary =
    since && until
      ? since === until
        ? since
        : `${since} – ${until}`
      : since
        ? t("filter.since", { day: since })
        : until
          ? t("filter.until", { day: until })
          : "";
  return (
    <FilterPopover label={t("filter.dateRange")} summary={summary}>
      <DateRangeFields range={range} />
    </FilterPopover>
  );
}

/** The browser's own date fields: they follow the user's locale, keyboard and screen reader. */
export function DateRangeFields({ range }: { range: DateRangeFilter }) {
  const { t } = useTranslation();
  const now = useNow();
  const today = localDay(now);
  const daysAgo = (days: number) => localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1));
  return (
    <div className={css.dates}>
      <div className={css.presets}>
        {presets.map((days) => (
          <UnstyledButton
            key={days}
            className={css.preset}
            aria-pressed={range.since === daysAgo(days) && range.until === undefined}
            onClick={() => range.onChange({ since: daysAgo(days), until: undefined })}
          >
            {days === 1 ? t("time.today") : t("filter.lastDays", { n: days })}
          </UnstyledButton>
        ))}
      </div>
      <div className={css.dateFields}>
        <TextInput
          type="date"
          size="xs"
          label={t("filter.from")}
          value={range.since ?? ""}
          max={range.until ?? today}
          onChange={(event) => range.onChange({ since: event.currentTarget.value || undefined, until: range.until })}
        />
        <TextInput
          type="date"
          size="xs"
          label={t("filter.to")}
          value={range.until ?? ""}
          min={range.since}
          max={today}
          onChange={(event) => range.onChange({ since: range.since, until: event.currentTarget.value || undefined })}
        />
      </div>
      {(range.since ?? range.until) && (
        <UnstyledButton className={css.clear} onClick={() => range.onChange({ since: undefined, until: undefined })}>
          {t("action.clear")}
        </UnstyledButton>
      )}
    </div>
  );
}
