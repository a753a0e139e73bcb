import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import css from "@/features/delivery/destinations/sheet.module.css";
import { ChoiceList } from "@/filters/choice-list";
import { readIds } from "@/url/read-search";

interface Props {
  selected: readonly number[];
  onChange: (ids: number[]) => void;
}

/** The stores whose messages it takes; none chosen is all. */
export function StoreChoice({ selected, onChange }: Props) {
  const { t } = useTranslation();
  const { data: stores = [], isPending } = useQuery(allStoresQuery);
  if (isPending) return <span className="bone" style={{ height: 92 }} />;
  const unknown = selected.filter((id) => !stores.some((store) => store.id === id));
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
            options: [
              ...unknown.map((id) => ({ value: String(id), label: `#${id}` })),
              ...stores.map(({ id, name }) => ({ value: String(id), label: name })),
            ],
            selected: selected.map(String),
            onChange: (chosen) => onChange(readIds(chosen) ?? []),
          }}
        />
      </div>
    </div>
  );
}
