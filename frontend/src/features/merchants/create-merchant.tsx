import "@/directory/texts";
import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { merchantsKey } from "@/features/merchants/api";
import { FormDialog } from "@/ui/form-dialog";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

export default function CreateMerchant({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { name: "", contact_email: "" },
    validate: {
      name: (value) => (value.trim() === "" ? t("form.required") : null),
      contact_email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t("form.email")),
    },
  });
  const submission = useSubmit(form, {
    send: async ({ name, contact_email }: typeof form.values) =>
      answered(
        await client.POST("/api/v1/admin/merchants", {
          body: { name: name.trim(), contact_email: contact_email.trim() },
          headers: idempotent(),
        }),
      ),
    onDone: async ({ name }) => {
      await queryClient.invalidateQueries({ queryKey: merchantsKey });
      showToast({ kind: "done", message: t("directory.merchants.created", { name }) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("directory.merchants.create")}
      submitLabel={t("action.create")}
      submission={submission}
      onClose={onClose}
    >
      <TextInput {...form.getInputProps("name")} label={t("directory.merchants.name")} maxLength={300} data-autofocus />
      <TextInput
        {...form.getInputProps("contact_email")}
        type="email"
        label={t("directory.merchants.email")}
        maxLength={254}
      />
    </FormDialog>
  );
}
