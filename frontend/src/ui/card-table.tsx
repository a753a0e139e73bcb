import type { ReactNode } from "react";
import table from "@/ui/table.module.css";

/** A table that scrolls sideways where it must; on narrow screens each row is a card. */
export function CardTable({ head, children }: { head: ReactNode; children: ReactNode }) {
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${table.cards}`}>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
