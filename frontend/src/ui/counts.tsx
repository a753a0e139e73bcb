import { formatNumber } from "@/display/numbers";
import css from "@/ui/counts.module.css";

interface Count {
  readonly name: string;
  readonly count: number;
  /** Coloured as soon as there is one. */
  readonly tone?: "bad" | "warning";
}

/** How many of each: six side by side. */
export function Counts({ counts }: { counts: readonly Count[] }) {
  return (
    <dl className={css.counts}>
      {counts.map(({ name, count, tone }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-tone={count > 0 ? tone : undefined}>{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
