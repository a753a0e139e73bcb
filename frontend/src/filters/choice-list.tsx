import { Checkbox, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import { type ChoiceFilter, toggled } from "@/filters/filter";
import css from "@/filters/filter.module.css";

const searchableFrom = 9;
/** As many as anybody reads; those that are chosen are shown in any case. */
const shownAtMost = 100;

/** A filter's options as checkboxes; many of them, such as stores, can be searched. */
export function ChoiceList({ filter }: { filter: ChoiceFilter }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState("");
  const isSearchable = filter.find !== null && filter.options.length >= searchableFrom;
  const find = filter.find ?? { label: t("filter.findStore"), none: t("filter.noStore") };
  const needle = wanted.trim().toLocaleLowerCase();
  const found = filter.options.filter(({ label }) => label.toLocaleLowerCase().includes(needle));
  const shown = found.filter(({ value }, place) => place < shownAtMost || filter.selected.includes(value));
  const { source } = filter;
  return (
    <fieldset className={css.choices}>
      <legend className={css.legend}>{filter.label}</legend>
      {isSearchable && (
        <TextInput
          size="xs"
          value={wanted}
          aria-label={find.label}
          placeholder={find.label}
          onChange={({ currentTarget: { value } }) => {
            setWanted(value);
            source?.onFind?.(value.trim());
          }}
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
      {source?.error && (
        <div className={css.none} role="alert">
          {problemText(source.error)}
          <UnstyledButton className={css.again} onClick={source.onRetry}>
            {t("action.retry")}
          </UnstyledButton>
        </div>
      )}
      {shown.length === 0 && !source?.error && (
        <p className={css.none}>{source?.isPending ? t("state.loading") : find.none}</p>
      )}
      {found.length > shown.length && (
        <p className={css.none}>{t("filter.more", { n: found.length - shown.length })}</p>
      )}
    </fieldset>
  );
}
