import type { ReactNode } from "react";
import css from "@/ui/page.module.css";

interface HeaderProps {
  title: string;
  intro?: ReactNode;
  beside?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, intro, beside, actions }: HeaderProps) {
  return (
    <div className={css.header}>
      <div className={css.words}>
        <div className={css.titleLine}>
          <h1 className={css.title}>{title}</h1>
          {beside}
        </div>
        {intro && <p className={css.intro}>{intro}</p>}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}

export function Panel({ children, label }: { children: ReactNode; label?: string | undefined }) {
  return (
    <section className={css.panel} aria-label={label}>
      {children}
    </section>
  );
}
