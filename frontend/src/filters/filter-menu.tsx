import { UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ChoiceList } from "@/filters/choice-list";
import type { ChoiceFilter } from "@/filters/filter";
import css from "@/filters/filter.module.css";
import panel from "@/ui/popover.module.css";
import { usePopover } from "@/ui/use-popover";

export function FilterMenu({ filter }: { filter: ChoiceFilter }) {
  const chosen = filter.options.filter(({ value }) => filter.selected.includes(value));
  const summary = chosen.length > 2 ? String(chosen.length) : chosen.map(({ label }) => label).join(", ");
  return (
    <FilterPopover label={filter.label} summary={summary}>
      <ChoiceList filter={filter} />
    </FilterPopover>
  );
}

interface PopoverProps {
  label: string;
  /** What is set; empty when nothing is. */
  summary: string;
  children: ReactNode;
}

/** Dashed while unset, solid and tinted when it limits the list. */
export function FilterPopover({ label, summary, children }: PopoverProps) {
  const popover = usePopover({ align: "start" });
  return (
    <>
      <UnstyledButton
        {...popover.buttonProps}
        className={css.button}
        data-active={summary !== "" || undefined}
        aria-haspopup="dialog"
      >
        {label}
        {summary !== "" && <span className={css.summary}>{summary}</span>}
        <IconChevronDown size={14} aria-hidden />
      </UnstyledButton>
      <div {...popover.panelProps} className={panel.panel}>
        {popover.isOpen && (
          <div role="dialog" aria-label={label} className={css.dropdown}>
            {children}
          </div>
        )}
      </div>
    </>
  );
}
