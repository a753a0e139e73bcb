import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useStoreChoice } from "@/directory/use-store-choice";
import css from "@/features/delivery/destinations/sheet.module.css";
import { ChoiceList } from "@/filters/choice-list";
import { readIds } from "@/url/read-search";

interface Props {
  selected: readonly number[];
  onChange: (ids: number[]) => void;
}

/** The stores whose messages it takes; none chosen is all. Not drawn anew with each letter in another field. */
export const StoreChoice = memo(function StoreChoice({ selected, onChange }: Props) {
  const { t } = useTranslation();
  const choice = useStoreChoice(selected);
  return (
    <div>
      <p className={css.label} aria-hidden>
        {t("delivery.form.stores")}
      </p>
      <p className={css.hint}>{t("delivery.form.storesHint")}</p>
      <div className={css.stores}>
        <ChoiceList
          filter={{
            key: "stores",
            label: t("delivery.form.stores"),
            ...choice,
            selected: selected.map(String),
            onChange: (chosen) => onChange(readIds(chosen) ?? []),
          }}
        />
      </div>
    </div>
  );
});
