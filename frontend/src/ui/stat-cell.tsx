import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { formatNumber } from "@/display/numbers";
import css from "@/ui/stat-cell.module.css";

interface Props {
  label: string;
  /** null: could not be loaded; undefined: still loading. */
  value: number | null | undefined;
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
        {isLoading ? <span className={`bone ${css.valueBone}`} /> : value === null ? "–" : formatNumber(value)}
      </span>
      <span className={css.sentence}>{isLoading ? <span className={`bone ${css.sentenceBone}`} /> : sentence}</span>
      {!isLoading && value !== null && <span className={css.figure}>{figure}</span>}
    </UnstyledButton>
  );
}

export function StatStrip({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={css.strip} aria-label={label}>
      {children}
    </section>
  );
}
