import "@/ui/select-styles";
import { Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { type FormEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import type { PreferencesOverride, Threshold } from "@/api/types";
import { type Channel, channels } from "@/features/preferences/categories";
import { isTaken } from "@/features/preferences/draft";
import css from "@/features/preferences/preferences.module.css";
import { ThresholdSelect } from "@/features/preferences/threshold-select";
import { usePlaces } from "@/features/preferences/use-places";
import { Segments } from "@/filters/segments";
import { categoryName, channelName } from "@/inbox/messages/wording";
import { FormDialog } from "@/ui/form-dialog";
import { useErrorFocus } from "@/ui/use-error-focus";
import { readChoice } from "@/url/read-search";

const places = ["store", "merchant"] as const;

interface Fields {
  kind: (typeof places)[number];
  place: string | null;
  category: string;
  channel: Channel;
  min_priority: Threshold;
}

interface Props {
  overrides: readonly PreferencesOverride[];
  categories: readonly string[];
  onAdd: (added: PreferencesOverride) => void;
  onClose: () => void;
}

/** One more rule; it is kept with the page, like everything else on it. */
export default function AddOverride({ overrides, categories, onAdd, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { stores, merchants } = usePlaces();
  const { onSent, onRefused } = useErrorFocus();
  const form = useForm<Fields>({
    initialValues: { kind: "store", place: null, category: "", channel: "email", min_priority: "never" },
    validate: (fields) => {
      if (fields.place === null) return { place: t("form.required") };
      return isTaken(overrides, ruleOf(fields)) ? { place: t("preferences.overrides.taken") } : {};
    },
  });
  const { kind, channel, min_priority } = form.getValues();
  const submit = form.onSubmit((fields) => {
    onAdd(ruleOf(fields));
    onClose();
  }, onRefused);
  const onSubmit = (event?: FormEvent<HTMLFormElement>) => {
    // It is within the page's own form, though not in the document.
    event?.stopPropagation();
    onSent(event);
    submit(event);
  };
  return (
    <FormDialog
      title={t("preferences.overrides.addTitle")}
      submitLabel={t("preferences.overrides.add")}
      submission={{ problem: null, isBusy: false, onSubmit }}
      onClose={onClose}
    >
      <Segments
        filter={{
          label: t("preferences.overrides.for"),
          selected: kind,
          options: places.map((value) => ({ value, label: t(`preferences.overrides.kind.${value}`) })),
          onChange: (value) => form.setValues({ kind: readChoice(value, places) ?? "store", place: null }),
        }}
      />
      <Select
        {...form.getInputProps("place")}
        label={t(`preferences.overrides.place.${kind}`)}
        searchable
        limit={100}
        openOnFocus={false}
        nothingFoundMessage={t("preferences.overrides.noMatch")}
        data={(kind === "store" ? stores : merchants).map((place) => ({ value: String(place.id), label: place.name }))}
        data-autofocus
      />
      <Select
        {...form.getInputProps("category")}
        label={t("preferences.matrix.about")}
        allowDeselect={false}
        openOnFocus={false}
        data={[
          { value: "", label: t("preferences.overrides.all") },
          ...categories.map((value) => ({ value, label: categoryName(t, value) })),
        ]}
      />
      <div className={css.line}>
        <Segments
          filter={{
            label: t("preferences.overrides.channel"),
            selected: channel,
            options: channels.map((value) => ({ value, label: channelName(t, value) })),
            onChange: (value) => form.setFieldValue("channel", readChoice(value, channels) ?? "email"),
          }}
        />
        <ThresholdSelect
          id={`${id}-threshold`}
          aria-label={t("preferences.overrides.threshold")}
          value={min_priority}
          onChange={(value) => form.setFieldValue("min_priority", value)}
        />
      </div>
    </FormDialog>
  );
}

function ruleOf({ kind, place, category, channel, min_priority }: Fields): PreferencesOverride {
  const id = Number(place);
  return {
    store_id: kind === "store" ? id : null,
    merchant_id: kind === "merchant" ? id : null,
    category: category === "" ? null : category,
    channel,
    min_priority,
  };
}
