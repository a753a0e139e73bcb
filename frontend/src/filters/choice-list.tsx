import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ChoiceFilter, toggled } from "@/filters/filter";
import css from "@/filters/filter.module.css";

const searchableFrom = 9;

/** A filter's options as checkboxes; many of them, such as stores, can be searched. */
export function ChoiceList({ filter }: { filter: ChoiceFilter }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState("");
  const isSearchable = filter.find !== null && filter.options.length >= searchableFrom;
  const find = filter.find ?? { label: t("filter.findStore"), none: t("filter.noStore") };
  const needle = wanted.trim().toLocaleLowerCase();
  const shown = filter.options.filter(({ label }) => label.toLocaleLowerCase().includes(needle));
  return (
    <fieldset className={css.choices}>
      <legend className={css.legend}>{filter.label}</legend>
      {isSearchable && (
        <TextInput
          size="xs"
          value={wanted}
          aria-label={find.label}
          placeholder={find.label}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data-autofocus
        />
      )}
      {shown.map(({ value, label }) => (
        <Checkbox
          key={value}
          size="xs"
          label={label}
          classNames={{ root: css.choice, body: css.choiceBody, label: css.choiceLabel, labelWrapper: css.choiceWords }}
          checked={filter.selected.includes(value)}
          onChange={() => filter.onChange(toggled(filter, value))}
        />
      ))}
      {shown.length === 0 && <p className={css.none}>{find.none}</p>}
    </fieldset>
  );
}
