import { Popover, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { ChoiceList } from "@/inbox/choice-list";
import css from "@/inbox/filter.module.css";
import type { ChoiceFilter } from "@/inbox/filter";

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
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" offset={6} trapFocus returnFocus shadow="none">
      <Popover.Target>
        <UnstyledButton
          className={css.button}
          data-active={summary !== "" || undefined}
          onClick={() => setIsOpen((before) => !before)}
        >
          {label}
          {summary !== "" && <span className={css.summary}>{summary}</span>}
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={css.dropdown} aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
