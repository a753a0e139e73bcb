import { IconChevronRight } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import css from "@/app/shell/header.module.css";
import { ownPages, pages } from "@/app/shell/navigation";
import { RecordName } from "@/app/shell/record-name";

export function Breadcrumb() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const found = [...pages, { group: null, pages: ownPages }]
    .flatMap((group) => group.pages.map((page) => ({ page, group: group.group })))
    .find(({ page }) => `${pathname}/`.startsWith(`${page.to}/`));
  const [, first = ""] = pathname.split("/");
  const [, second] = pathname.slice((found?.page.to ?? `/${first}`).length).split("/");
  const root = t(`shell.group.${found?.group ?? "platform"}`);
  const name = found ? t(`shell.page.${found.page.name}`) : t("shell.product");

  return (
    <nav className={css.breadcrumb} aria-label={t("shell.breadcrumb")}>
      <ol className={css.crumbs}>
        <li className={css.crumb}>{root}</li>
        <li className={css.crumb}>
          <Chevron />
          {second && found ? (
            // Exact: else it calls itself the current page beside the one that is.
            <Link to={found.page.to} activeOptions={{ exact: true }}>
              {name}
            </Link>
          ) : (
            <Here>{name}</Here>
          )}
        </li>
        {second && (
          <li className={css.crumb}>
            <Chevron />
            <Here>{found ? <RecordName page={found.page.name} text={second} /> : `#${second}`}</Here>
          </li>
        )}
      </ol>
    </nav>
  );
}

function Chevron() {
  return <IconChevronRight size={14} aria-hidden />;
}

function Here({ children }: { children: React.ReactNode }) {
  return (
    <span className={css.here} aria-current="page">
      {children}
    </span>
  );
}
