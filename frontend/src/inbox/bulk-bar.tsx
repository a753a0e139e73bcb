import { Checkbox, CloseButton, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "@/inbox/bulk-bar.module.css";
import type { Selection } from "@/inbox/use-selection";

interface Props {
  selection: Selection;
  listedCount: number;
  children: ReactNode;
}

/** What can be done with the selected rows; over the filter bar (BarPlace). */
export function BulkBar({ selection, listedCount, children }: Props) {
  const { t } = useTranslation();
  const count = selection.ids.length;
  const hasAll = count === listedCount;
  return (
    <div className={css.bar} role="toolbar" aria-label={t("list.selected", { count })}>
      <Checkbox
        size="xs"
        checked={hasAll}
        indeterminate={!hasAll}
        aria-label={t("list.selectAll")}
        onChange={hasAll ? selection.clear : selection.selectAll}
      />
      <output className={css.count}>{t("list.selected", { count })}</output>
      <div className={css.actions}>{children}</div>
      <UnstyledButton className={css.clear} onClick={selection.clear}>
        {t("list.selectNone")} <kbd>Esc</kbd>
      </UnstyledButton>
      <CloseButton className={css.close} aria-label={t("list.selectNone")} onClick={selection.clear} />
    </div>
  );
}
