import "@/directory/texts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "@/ui/facts.module.css";

/** Groups of facts side by side, as wide as the panel lets them. */
export function FactGroups({ children }: { children: ReactNode }) {
  return <div className={css.groups}>{children}</div>;
}

export function FactGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.group}>
      <h2 className={css.title}>{title}</h2>
      <dl className={css.facts}>{children}</dl>
    </section>
  );
}

/** What is not known is said so. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation();
  const isEmpty = children === null || children === undefined || children === "";
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd className={isEmpty ? css.none : "num"}>{isEmpty ? t("directory.notSet") : children}</dd>
    </div>
  );
}

/** An address in the web that somebody typed: only http and https are linked. */
export function WebFact({ name, url }: { name: string; url: string | null }) {
  return (
    <Fact name={name}>
      {url && /^https?:\/\//.test(url) ? (
        <a href={url} target="_blank" rel="noreferrer">
          {url}
        </a>
      ) : (
        url
      )}
    </Fact>
  );
}
