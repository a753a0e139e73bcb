import type { ReactNode } from "react";
import css from "@/ui/fact-line.module.css";
import { Time } from "@/ui/time";

/** Facts after each other in a line, as small print. */
export function FactLine({ children }: { children: ReactNode }) {
  return <dl className={css.line}>{children}</dl>;
}

export function LineFact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}

/** Left out as long as it has not come. */
export function LineMoment({ name, iso }: { name: string; iso: string | null }) {
  if (iso === null) return null;
  return (
    <LineFact name={name}>
      <Time iso={iso} as="day" />
    </LineFact>
  );
}
