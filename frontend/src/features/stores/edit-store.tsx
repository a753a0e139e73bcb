import "@/ui/select-styles";
import { Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { changesOf } from "@/api/changes";
import type { Store } from "@/api/types";
import { patchStore } from "@/features/stores/api";
import { storeRules, valuesOf, wantedOf } from "@/features/stores/store-form";
import { useKeepStore } from "@/features/stores/use-keep-store";
import { deliveryMethods, deliveryName, taxRates } from "@/features/stores/wording";
import { FieldGroup, FormDialog } from "@/ui/form-dialog";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

export default function EditStore({ store, onClose }: { store: Store; onClose: () => void }) {
  const { t } = useTranslation();
  const keep = useKeepStore();
  const form = useForm({ initialValues: valuesOf(store), validate: storeRules(t) });
  const field = form.getInputProps;
  const submission = useSubmit(form, {
    send: async (values: typeof form.values) => {
      const changes = changesOf(store, wantedOf(values));
      return Object.keys(changes).length === 0 ? store : patchStore(store.id, changes);
    },
    onDone: (saved) => {
      keep(saved);
      showToast({ kind: "done", message: t("directory.saved", { name: saved.name }) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("directory.stores.edit")}
      submitLabel={t("directory.save")}
      submission={submission}
      size={620}
      onClose={onClose}
    >
      <FieldGroup title={t("directory.identity")}>
        <TextInput {...field("name")} label={t("directory.stores.name")} maxLength={300} data-wide data-autofocus />
        <TextInput {...field("store_code")} label={t("directory.stores.code")} maxLength={50} />
        <TextInput {...field("subdomain")} label={t("directory.stores.subdomain")} maxLength={63} />
        <Textarea {...field("description")} label={t("directory.description")} rows={3} maxLength={10_000} data-wide />
      </FieldGroup>
      <FieldGroup title={t("directory.stores.feeds")}>
        {(["fr", "de", "en"] as const).map((language) => (
          <TextInput
            key={language}
            {...field(`letzshop_csv_url_${language}`)}
            type="url"
            label={t(`directory.stores.feed.${language}`)}
            placeholder="https://"
            maxLength={2000}
            data-wide
          />
        ))}
      </FieldGroup>
      <FieldGroup title={t("directory.stores.feedSettings")}>
        <Select
          {...field("letzshop_default_tax_rate")}
          label={t("directory.stores.taxRate")}
          allowDeselect={false}
          data={taxRates.map((n) => ({ value: String(n), label: t("directory.stores.taxRateValue", { n }) }))}
        />
        <Select
          {...field("letzshop_delivery_method")}
          label={t("directory.stores.deliveryMethod")}
          allowDeselect={false}
          data={deliveryMethods.map((value) => ({ value, label: deliveryName(t, value) }))}
        />
        <TextInput
          {...field("letzshop_preorder_days")}
          type="number"
          min={0}
          max={365}
          label={t("directory.stores.preorderDays")}
          description={t("directory.stores.preorderDaysHint")}
        />
        <TextInput
          {...field("letzshop_boost_sort")}
          type="number"
          min={0}
          max={10}
          step="any"
          label={t("directory.stores.boostSort")}
          description={t("directory.stores.boostSortHint")}
        />
      </FieldGroup>
    </FormDialog>
  );
}
