import { Checkbox, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import type { LetzshopCredentials, Store } from "@/api/types";
import { letzshopKeys } from "@/features/letzshop/api";
import css from "@/features/letzshop/connect-dialog.module.css";
import { connectionRules, valuesOf, wantedOf } from "@/features/letzshop/connection-form";
import { FormDialog } from "@/ui/form-dialog";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

interface Props {
  store: Store;
  /** null: the store is not connected yet. */
  connection: LetzshopCredentials | null;
  onClose: () => void;
}

/** Letzshop is asked with what was entered before it is kept: what it refuses comes to stand at its field. */
export default function ConnectDialog({ store, connection, onClose }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const isConnected = connection !== null;
  const form = useForm({ initialValues: valuesOf(connection), validate: connectionRules(t, isConnected) });
  const field = form.getInputProps;
  const submission = useSubmit(form, {
    send: async (values: typeof form.values) => {
      const params = { path: { store_id: store.id } };
      const body = wantedOf(values);
      return answered(await client.PUT("/api/v1/admin/letzshop/stores/{store_id}/credentials", { params, body }));
    },
    onDone: (saved) => {
      queryClient.setQueryData(letzshopKeys.connection(store.id), saved);
      showToast({ kind: "done", message: t("letzshop.connection.saved", { name: store.name }) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={isConnected ? t("letzshop.connection.edit") : t("letzshop.connection.connect")}
      submitLabel={t("letzshop.connection.submit")}
      submission={submission}
      onClose={onClose}
    >
      <TextInput
        {...field("api_key")}
        label={t("letzshop.connection.key")}
        description={
          isConnected
            ? t("letzshop.connection.keyKept", { last4: connection.api_key_last4 })
            : t("letzshop.connection.keyHint")
        }
        type="password"
        // No password of whoever types: browsers must neither fill nor keep it.
        autoComplete="new-password"
        spellCheck={false}
        maxLength={500}
        data-autofocus
      />
      <TextInput
        {...field("endpoint_url")}
        label={t("letzshop.connection.address")}
        description={t("letzshop.connection.addressHint")}
        type="url"
        placeholder="https://"
        maxLength={2000}
      />
      <TextInput
        {...field("sync_interval_minutes")}
        label={t("letzshop.connection.interval")}
        description={t("letzshop.connection.intervalHint")}
        type="number"
        min={1}
        max={1440}
      />
      <TextInput
        {...field("default_carrier")}
        label={t("letzshop.connection.carrier")}
        description={t("letzshop.connection.carrierHint")}
        maxLength={300}
      />
      <Checkbox
        {...form.getInputProps("auto_sync_enabled", { type: "checkbox" })}
        classNames={{ description: css.hint ?? "" }}
        label={t("letzshop.connection.auto")}
        description={t("letzshop.connection.autoHint")}
      />
    </FormDialog>
  );
}
