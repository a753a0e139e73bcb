import "@/directory/texts";
import "@/ui/select-styles";
import { Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changesOf, textOrNull } from "@/api/changes";
import type { Merchant } from "@/api/types";
import { allUsersQuery } from "@/directory/users";
import { patchMerchant } from "@/features/merchants/api";
import { useKeepMerchant } from "@/features/merchants/use-keep-merchant";
import { FieldGroup, FormDialog } from "@/ui/form-dialog";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

export default function EditMerchant({ merchant, onClose }: { merchant: Merchant; onClose: () => void }) {
  const { t } = useTranslation();
  const keep = useKeepMerchant();
  const { data: users = [] } = useQuery(allUsersQuery);
  // Its owner is named before all people are loaded.
  const people = users.length === 0 && merchant.owner ? [merchant.owner] : users;
  const form = useForm({
    initialValues: {
      name: merchant.name,
      contact_email: merchant.contact_email,
      owner_user_id: merchant.owner_user_id === null ? "" : String(merchant.owner_user_id),
      contact_phone: merchant.contact_phone ?? "",
      website: merchant.website ?? "",
      business_address: merchant.business_address ?? "",
      tax_number: merchant.tax_number ?? "",
      description: merchant.description ?? "",
    },
    validate: {
      name: (value) => (value.trim() === "" ? t("form.required") : null),
      contact_email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t("form.email")),
      website: (value) =>
        value.trim() === "" || /^https?:\/\/\S+$/.test(value.trim()) ? null : t("directory.webAddress"),
    },
  });
  const field = form.getInputProps;
  const submission = useSubmit(form, {
    send: async (values: typeof form.values) => {
      const { name, contact_email, ...details } = values;
      const changes = changesOf(merchant, {
        name: name.trim(),
        contact_email: contact_email.trim(),
        owner_user_id: details.owner_user_id ? Number(details.owner_user_id) : null,
        contact_phone: textOrNull(details.contact_phone),
        website: textOrNull(details.website),
        business_address: textOrNull(details.business_address),
        tax_number: textOrNull(details.tax_number),
        description: textOrNull(details.description),
      });
      return Object.keys(changes).length === 0 ? merchant : patchMerchant(merchant.id, changes);
    },
    onDone: (saved) => {
      keep(saved);
      showToast({ kind: "done", message: t("directory.saved", { name: saved.name }) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("directory.merchants.edit")}
      submitLabel={t("directory.save")}
      submission={submission}
      size={620}
      onClose={onClose}
    >
      <FieldGroup title={t("directory.identity")}>
        <TextInput {...field("name")} label={t("directory.merchants.name")} maxLength={300} data-wide data-autofocus />
        <Select
          {...field("owner_user_id")}
          label={t("directory.merchants.owner")}
          description={t("directory.merchants.ownerHint")}
          searchable
          clearable
          clearButtonProps={{ "aria-label": t("action.clear") }}
          openOnFocus={false}
          data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
          data-wide
        />
        <TextInput {...field("tax_number")} label={t("directory.merchants.taxNumber")} maxLength={300} data-wide />
        <Textarea {...field("description")} label={t("directory.description")} rows={3} maxLength={10_000} data-wide />
      </FieldGroup>
      <FieldGroup title={t("directory.merchants.contact")}>
        <TextInput {...field("contact_email")} type="email" label={t("directory.merchants.email")} maxLength={254} />
        <TextInput {...field("contact_phone")} type="tel" label={t("directory.merchants.phone")} maxLength={300} />
        <TextInput
          {...field("website")}
          type="url"
          label={t("directory.merchants.website")}
          placeholder="https://"
          maxLength={2000}
          data-wide
        />
        <Textarea
          {...field("business_address")}
          label={t("directory.merchants.address")}
          rows={3}
          maxLength={10_000}
          data-wide
        />
      </FieldGroup>
    </FormDialog>
  );
}
