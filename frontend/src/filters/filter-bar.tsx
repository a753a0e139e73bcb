import { UnstyledButton, useMatches } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DateRangeMenu } from "@/filters/date-range";
import type { Filters } from "@/filters/filter";
import css from "@/filters/filter.module.css";
import { FilterMenu } from "@/filters/filter-menu";
import { SearchField } from "@/filters/search-field";
import { Segments } from "@/filters/segments";
import { narrow } from "@/theme/breakpoints";
import { lazyDialog } from "@/ui/part";

const FilterSheet = lazyDialog(() => import("@/filters/filter-sheet"));

interface Props {
  filters: Filters;
  searchRef?: React.Ref<HTMLInputElement>;
}

export function FilterBar({ filters, searchRef }: Props) {
  const { t } = useTranslation();
  const isNarrow = useMatches({ base: true, [narrow]: false }, { getInitialValueInEffect: false });
  return (
    <div className={css.bar}>
      {filters.search && <SearchField {...filters.search} inputRef={searchRef ?? null} />}
      {isNarrow ? (
        <SheetButton filters={filters} />
      ) : (
        <>
          <Segments filter={filters.segments} />
          {filters.choices.map((filter) => (
            <FilterMenu key={filter.key} filter={filter} />
          ))}
          {filters.range && <DateRangeMenu range={filters.range} />}
          {filters.onClear && (
            <UnstyledButton className={css.clear} onClick={filters.onClear}>
              {t("action.clear")}
            </UnstyledButton>
          )}
        </>
      )}
    </div>
  );
}

function SheetButton({ filters }: { filters: Filters }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const count = countActive(filters);
  return (
    <>
      <UnstyledButton className={css.button} data-active={count > 0 || undefined} onClick={() => setIsOpen(true)}>
        <IconAdjustmentsHorizontal size={16} aria-hidden />
        {count > 0 ? t("filter.filtersCount", { n: count }) : t("filter.filters")}
      </UnstyledButton>
      {isOpen && <FilterSheet filters={filters} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function countActive({ segments, choices, range }: Filters): number {
  const isSegmentSet = segments.selected !== segments.options[0]?.value;
  const isRangeSet = range?.since !== undefined || range?.until !== undefined;
  return Number(isSegmentSet) + Number(isRangeSet) + choices.filter(({ selected }) => selected.length > 0).length;
}
