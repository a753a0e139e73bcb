import "@/ui/sheet-styles";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ChoiceList } from "@/filters/choice-list";
import { DateRangeFields } from "@/filters/date-range";
import type { Filters } from "@/filters/filter";
import css from "@/filters/filter.module.css";
import { Segments } from "@/filters/segments";
import { Sheet } from "@/ui/sheet";

/** All filters under one another, for narrow screens; each acts at once on the list behind. */
export default function FilterSheet({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Sheet title={t("filter.filters")} onClose={onClose}>
      <div className={css.sheet}>
        <Segments filter={filters.segments} />
        {filters.choices.map((filter) => (
          <ChoiceList key={filter.key} filter={filter} />
        ))}
        {filters.range && (
          <fieldset className={css.choices}>
            <legend className={css.legend}>{t("filter.dateRange")}</legend>
            <DateRangeFields range={filters.range} />
          </fieldset>
        )}
      </div>
      <div className={css.sheetFooter}>
        {filters.onClear && <Button onClick={filters.onClear}>{t("action.clearFilters")}</Button>}
        <Button variant="filled" onClick={onClose}>
          {t("action.done")}
        </Button>
      </div>
    </Sheet>
  );
}
