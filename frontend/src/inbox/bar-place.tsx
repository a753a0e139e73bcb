import type { ReactNode } from "react";
import css from "@/inbox/bulk-bar.module.css";

interface Props {
  filters: ReactNode;
  /** What lies over them while rows are selected. */
  bulk: ReactNode;
}

/** The filters keep their height below the bulk bar: no row moves when one is selected. */
export function BarPlace({ filters, bulk }: Props) {
  return (
    <div className={css.place}>
      <div style={bulk ? { visibility: "hidden" } : {}}>{filters}</div>
      {bulk}
    </div>
  );
}
