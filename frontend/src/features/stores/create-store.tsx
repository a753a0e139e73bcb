import "@/ui/select-styles";
import { Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { allMerchantsQuery } from "@/directory/merchants";
import { storesKey } from "@/features/stores/api";
import { suggestedCode, suggestedSubdomain } from "@/features/stores/suggested-names";
import { FormDialog } from "@/ui/form-dialog";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

interface Values {
  merchant_id: string | null;
  name: string;
  store_code: string;
  subdomain: string;
}

export default function CreateStore({ merchantId, onClose }: { merchantId: number | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const merchants = useQuery(allMerchantsQuery);
  const required = (value: string | null) => (value === null || value.trim() === "" ? t("form.required") : null);
  const form = useForm<Values>({
    initialValues: { merchant_id: merchantId ? String(merchantId) : null, name: "", store_code: "", subdomain: "" },
    validate: { merchant_id: required, name: required, store_code: required, subdomain: required },
  });
  const submission = useSubmit(form, {
    send: async ({ merchant_id, name, store_code, subdomain }: Values) => {
      const body = {
        merchant_id: Number(merchant_id),
        name: name.trim(),
        store_code: store_code.trim(),
        subdomain: subdomain.trim(),
      };
      return answered(await client.POST("/api/v1/admin/stores", { body, headers: idempotent() }));
    },
    onDone: async ({ name }) => {
      await queryClient.invalidateQueries({ queryKey: storesKey });
      showToast({ kind: "done", message: t("directory.stores.created", { name }) });
      onClose();
    },
  });
  /** Code and subdomain follow the name until they are written by hand. */
  const rename = (name: string) => {
    const before = form.values;
    form.setFieldValue("name", name);
    if (before.store_code === suggestedCode(before.name)) form.setFieldValue("store_code", suggestedCode(name));
    if (before.subdomain === suggestedSubdomain(before.name)) form.setFieldValue("subdomain", suggestedSubdomain(name));
  };

  return (
    <FormDialog
      title={t("directory.stores.create")}
      submitLabel={t("action.create")}
      submission={submission}
      onClose={onClose}
    >
      <Select
        {...form.getInputProps("merchant_id")}
        label={t("directory.stores.merchant")}
        placeholder={t("directory.stores.merchantPlaceholder")}
        searchable
        openOnFocus={false}
        data={merchants.data?.map(({ id, name }) => ({ value: String(id), label: name })) ?? []}
        inputWrapperOrder={["label", "input", "error", "description"]}
        description={
          merchants.data?.length === 0 && (
            <Link to="/merchants" search={{ create: true }}>
              {t("directory.stores.createMerchant")}
            </Link>
          )
        }
        data-autofocus
      />
      <TextInput
        {...form.getInputProps("name")}
        label={t("directory.stores.name")}
        maxLength={300}
        onChange={(event) => rename(event.currentTarget.value)}
      />
      <TextInput
        {...form.getInputProps("store_code")}
        label={t("directory.stores.code")}
        description={t("directory.stores.codeHint")}
        maxLength={50}
      />
      <TextInput
        {...form.getInputProps("subdomain")}
        label={t("directory.stores.subdomain")}
        description={t("directory.stores.subdomainHint")}
        maxLength={63}
      />
    </FormDialog>
  );
}
