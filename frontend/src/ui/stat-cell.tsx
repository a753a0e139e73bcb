import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { Page } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import css from "@/ui/stat-cell.module.css";

interface Props {
  label: string;
  /** null: could not be loaded; undefined: still loading. */
  value: ReactNode;
  sentence: ReactNode;
  figure?: ReactNode;
  isActive: boolean;
  onSelect: () => void;
}

/** One cell of the stat strip: a figure that filters the list when pressed. */
export function StatCell({ label, value, sentence, figure, isActive, onSelect }: Props) {
  const isLoading = value === undefined;
  return (
    <UnstyledButton className={css.cell} aria-pressed={isActive} onClick={onSelect}>
      <span className={css.label}>{label}</span>
      <span className={css.value}>
        {isLoading ? (
          <span className={`bone ${css.valueBone}`} />
        ) : value === null ? (
          "–"
        ) : typeof value === "number" ? (
          formatNumber(value)
        ) : (
          value
        )}
      </span>
      <span className={css.sentence}>{isLoading ? <span className={`bone ${css.sentenceBone}`} /> : sentence}</span>
      {!isLoading && value !== null && <span className={css.figure}>{figure}</span>}
    </UnstyledButton>
  );
}

/** What a page of a list says of how many there are: "100+" when there are more. */
export function countedPart({ items, next_cursor }: Page<unknown>): string {
  return `${formatNumber(items.length)}${next_cursor === null ? "" : "+"}`;
}

interface StripProps {
  label: string;
  cells?: 3 | 4;
  children: ReactNode;
}

export function StatStrip({ label, cells = 4, children }: StripProps) {
  return (
    <section className={css.strip} data-cells={cells} aria-label={label}>
      {children}
    </section>
  );
}
