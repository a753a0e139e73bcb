import { useTranslation } from "react-i18next";
import css from "@/inbox/row.module.css";

interface Props {
  title: string;
  isSelected: boolean;
  onToggle: (toHere: boolean) => void;
}

/** The browser's own box in our looks: rows are made by the hundred while scrolling, and this costs nothing. */
export function RowCheck({ title, isSelected, onToggle }: Props) {
  const { t } = useTranslation();
  return (
    <input
      type="checkbox"
      className={`${css.check} ${css.box}`}
      aria-label={t("list.selectRow", { title })}
      checked={isSelected}
      // `onClick` knows whether Shift is held; React wants `onChange` to call the box controlled.
      onChange={() => undefined}
      onClick={(event) => onToggle(event.shiftKey)}
    />
  );
}
