import type { ReactNode } from "react";
import css from "@/ui/work-outcome.module.css";

interface Props {
  status: "failed" | "partial" | "cancelled";
  title: string;
  why: ReactNode;
  /** How it can go on. */
  goesOn?: string | undefined;
}

/** What did not go well with work in the background. */
export function WorkOutcome({ status, title, why, goesOn }: Props) {
  return (
    <div className={css.outcome} data-status={status} role="alert">
      <b>{title}</b>
      <p>{why}</p>
      {goesOn && <p className={css.goesOn}>{goesOn}</p>}
    </div>
  );
}
