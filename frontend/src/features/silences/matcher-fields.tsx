import "@/ui/multi-select-styles";
import { Checkbox, MultiSelect, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { allMerchantsQuery } from "@/directory/merchants";
import { allStoresQuery } from "@/directory/stores";
import css from "@/features/silences/create-silence.module.css";
import { silencedTypes } from "@/features/silences/search";
import type { SilenceValues } from "@/features/silences/silence-form";
import { typeName } from "@/features/silences/wording";
import { alertTypes, priorities } from "@/inbox/search";

/** What is silenced. */
export function MatcherFields({ form }: { form: UseFormReturnType<SilenceValues> }) {
  const { t } = useTranslation();
  const stores = useQuery(allStoresQuery);
  const merchants = useQuery(allMerchantsQuery);
  const shared = { clearable: true, searchable: true, nothingFoundMessage: t("silences.field.noMatch") } as const;
  const field = (name: keyof SilenceValues["matchers"]) => {
    const props = form.getInputProps(`matchers.${name}`);
    // That nothing is chosen at all is said at the first field.
    return name === "store_ids" ? { ...props, error: props.error ?? form.errors["matchers"] } : props;
  };
  const change = (name: keyof SilenceValues["matchers"], value: string | string[]) => {
    form.setFieldValue(`matchers.${name}`, value);
    form.clearFieldError("matchers");
  };
  const { priorities: chosen } = form.values.matchers;
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>{t("silences.field.what")}</legend>
      <p className={css.hint}>{t("silences.field.whatHint")}</p>
      <MultiSelect
        {...shared}
        {...field("store_ids")}
        label={t("silences.field.stores")}
        placeholder={form.values.matchers.store_ids.length === 0 ? t("silences.field.place") : undefined}
        data={options(stores.data, form.values.matchers.store_ids)}
        onChange={(ids) => change("store_ids", ids)}
        data-autofocus
      />
      <MultiSelect
        {...shared}
        {...field("merchant_ids")}
        label={t("silences.field.merchants")}
        placeholder={form.values.matchers.merchant_ids.length === 0 ? t("silences.field.place") : undefined}
        data={options(merchants.data, form.values.matchers.merchant_ids)}
        onChange={(ids) => change("merchant_ids", ids)}
      />
      <MultiSelect
        {...shared}
        {...field("types")}
        label={t("silences.field.types")}
        placeholder={form.values.matchers.types.length === 0 ? t("silences.field.anyType") : undefined}
        data={[
          { group: t("silences.group.notifications"), items: typesOf(false) },
          { group: t("silences.group.alerts"), items: typesOf(true) },
        ].map(({ group, items }) => ({
          group,
          items: items.map((value) => ({ value, label: typeName(t, value) })),
        }))}
        onChange={(types) => change("types", types)}
      />
      <Checkbox.Group
        {...field("priorities")}
        label={t("silences.field.priorities")}
        value={chosen}
        onChange={(value) => change("priorities", value)}
      >
        <div className={css.checks}>
          {priorities.map((priority) => (
            <Checkbox
              key={priority}
              size="xs"
              classNames={{ body: css.check }}
              value={priority}
              label={t(`level.${priority}`)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        {...field("text")}
        label={t("silences.field.text")}
        description={t("silences.field.textHint")}
        maxLength={200}
        onChange={(event) => change("text", event.currentTarget.value)}
      />
    </fieldset>
  );
}

const typesOf = (isOfAlerts: boolean) =>
  silencedTypes.filter((type) => alertTypes.some((each) => each === type) === isOfAlerts);

/** Those that are chosen are among them, also before the list has come. */
function options(listed: readonly { id: number; name: string }[] | undefined, chosen: readonly string[]) {
  const known = (listed ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  const others = chosen.filter((id) => known.every(({ value }) => value !== id));
  return [...known, ...others.map((id) => ({ value: id, label: `#${id}` }))];
}
