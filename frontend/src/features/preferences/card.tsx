import { type ReactNode, useId } from "react";
import css from "@/features/preferences/preferences.module.css";

interface Props {
  title: string;
  intro?: ReactNode;
  titleId?: string;
  /** Beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** One part of the page, in a panel of its own. */
export function Card({ title, intro, titleId, action, children }: Props) {
  const ownId = useId();
  const id = titleId ?? ownId;
  return (
    <section className={css.card} aria-labelledby={id}>
      <div className={css.head}>
        <h2 id={id} className={css.title}>
          {title}
        </h2>
        {action}
      </div>
      {intro && <p className={css.intro}>{intro}</p>}
      {children}
    </section>
  );
}
