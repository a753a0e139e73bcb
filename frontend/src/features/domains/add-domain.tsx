import { Checkbox, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { addDomain, type DomainOwner, domainsKey } from "@/features/domains/api";
import css from "@/features/domains/domains.module.css";
import { FormDialog } from "@/ui/form-dialog";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

interface Props {
  owner: DomainOwner;
  /** The first one is the primary one by itself. */
  hasOthers: boolean;
  onClose: () => void;
}

export default function AddDomain({ owner, hasOthers, onClose }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { domain: "", is_primary: false },
    validate: { domain: (value) => (value.trim() === "" ? t("form.required") : null) },
  });
  const submission = useSubmit(form, {
    send: async ({ domain, is_primary }: typeof form.values) => addDomain(owner, domain.trim(), is_primary),
    onDone: async ({ unicode_domain: domain }) => {
      await queryClient.invalidateQueries({ queryKey: domainsKey(owner) });
      showToast({ kind: "done", message: t("domains.added", { domain }) });
      onClose();
    },
  });
  return (
    <FormDialog title={t("domains.add")} submitLabel={t("domains.add")} submission={submission} onClose={onClose}>
      <TextInput
        {...form.getInputProps("domain")}
        label={t("domains.name")}
        description={t("domains.nameHint")}
        placeholder="shop.example"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={300}
        data-autofocus
      />
      {hasOthers && (
        <Checkbox
          {...form.getInputProps("is_primary", { type: "checkbox" })}
          classNames={{ description: css.hint ?? "" }}
          label={t("domains.makePrimaryNow")}
          description={t("domains.primaryHint")}
        />
      )}
    </FormDialog>
  );
}
