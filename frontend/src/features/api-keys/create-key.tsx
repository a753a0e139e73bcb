import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { endOfDay, localDay } from "@/display/dates";
import { apiKeysKey } from "@/features/api-keys/api";
import { Segments } from "@/filters/segments";
import css from "@/ui/dialog.module.css";
import { FormDialog } from "@/ui/form-dialog";
import { ShownSecret } from "@/ui/shown-secret";
import { useStay } from "@/ui/use-stay";
import { useSubmit } from "@/ui/use-submit";
import { readChoice } from "@/url/read-search";

const roles = ["ingest", "viewer", "operator", "admin"] as const;

export default function CreateKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm<{ name: string; role: (typeof roles)[number]; expires_at: string }>({
    initialValues: { name: "", role: "ingest", expires_at: "" },
    validate: { name: (value) => (value.trim() === "" ? t("form.required") : null) },
  });
  const submission = useSubmit(form, {
    send: async ({ name, role, expires_at }: typeof form.values) => {
      const body = { name: name.trim(), role, expires_at: expires_at === "" ? null : endOfDay(expires_at) };
      return answered(await client.POST("/api/v1/admin/api-keys", { body }));
    },
    onDone: () => queryClient.invalidateQueries({ queryKey: apiKeysKey }),
  });
  // The key is on its way: nobody leaves before it is shown.
  useStay(() => submission.isBusy);
  if (submission.answer) {
    return (
      <ShownSecret
        title={t("administration.keys.onceTitle")}
        warning={t("administration.keys.onceBody")}
        label={t("administration.keys.key")}
        secret={submission.answer.key}
        onClose={onClose}
      />
    );
  }
  return (
    <FormDialog
      title={t("administration.keys.create")}
      submitLabel={t("action.create")}
      submission={submission}
      onClose={onClose}
    >
      <TextInput
        {...form.getInputProps("name")}
        label={t("administration.keys.name")}
        description={t("administration.keys.nameHint")}
        maxLength={300}
        data-autofocus
      />
      <div>
        <p className={css.label}>{t("administration.keys.role")}</p>
        <Segments
          filter={{
            label: t("administration.keys.role"),
            selected: form.values.role,
            options: roles.map((value) => ({ value, label: t(`shell.role.${value}`) })),
            onChange: (value) => form.setFieldValue("role", readChoice(value, roles) ?? "ingest"),
          }}
        />
      </div>
      <TextInput
        {...form.getInputProps("expires_at")}
        type="date"
        min={localDay(new Date())}
        label={t("administration.keys.expires")}
        description={t("administration.keys.expiresHint")}
      />
    </FormDialog>
  );
}
