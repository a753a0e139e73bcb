import "@/features/notifications/texts";
import "@/ui/select-styles";
import { Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import type { NotificationDraft, NotificationType, Priority } from "@/api/types";
import { allStoresQuery } from "@/directory/stores";
import { notificationKeys } from "@/features/notifications/api";
import { refreshCounts } from "@/features/notifications/cache";
import css from "@/features/notifications/create-notification.module.css";
import { typeName } from "@/features/notifications/wording";
import { notificationTypes, priorities } from "@/inbox/search";
import { FormDialog } from "@/ui/form-dialog";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

interface Values {
  title: string;
  message: string;
  type: NotificationType;
  priority: Priority;
  store_id: string | null;
  action_url: string;
}

export default function CreateNotification({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const stores = useQuery(allStoresQuery);
  const required = (value: string) => (value.trim() === "" ? t("form.required") : null);
  const form = useForm<Values>({
    initialValues: { title: "", message: "", type: "store_issue", priority: "normal", store_id: null, action_url: "" },
    validate: { title: required, message: required },
  });
  const submission = useSubmit(form, {
    send: async (values: Values) =>
      answered(await client.POST("/api/v1/admin/notifications", { body: draftOf(values), headers: idempotent() })),
    onDone: async () => {
      // Whoever wrote it wants to see it in its place, not behind the count of what is new.
      await queryClient.invalidateQueries({ queryKey: notificationKeys.lists });
      refreshCounts(queryClient);
      showToast({ kind: "done", message: t("notifications.created") });
      onClose();
    },
  });

  return (
    <FormDialog
      title={t("notifications.createTitle")}
      submitLabel={t("action.create")}
      submission={submission}
      onClose={onClose}
    >
      <TextInput
        {...form.getInputProps("title")}
        label={t("notifications.field.title")}
        maxLength={300}
        data-autofocus
      />
      <Textarea
        {...form.getInputProps("message")}
        label={t("notifications.field.message")}
        maxLength={10_000}
        autosize
        minRows={3}
        maxRows={10}
      />
      <div className={css.pair}>
        <Select
          {...form.getInputProps("type")}
          label={t("notifications.field.type")}
          data={notificationTypes.map((value) => ({ value, label: typeName(t, value) }))}
          allowDeselect={false}
        />
        <Select
          {...form.getInputProps("priority")}
          label={t("notifications.field.priority")}
          data={priorities.map((value) => ({ value, label: t(`level.${value}`) }))}
          allowDeselect={false}
        />
      </div>
      <Select
        {...form.getInputProps("store_id")}
        label={t("notifications.field.store")}
        placeholder={t("notifications.platform")}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("action.clear") }}
        openOnFocus={false}
        nothingFoundMessage={t("filter.noStore")}
        data={stores.data?.map(({ id, name }) => ({ value: String(id), label: name })) ?? []}
      />
      <TextInput
        {...form.getInputProps("action_url")}
        label={t("notifications.field.actionUrl")}
        description={t("notifications.field.actionUrlHint")}
        maxLength={2_000}
      />
    </FormDialog>
  );
}

function draftOf({ title, message, type, priority, store_id, action_url }: Values): NotificationDraft {
  return {
    title: title.trim(),
    message: message.trim(),
    type,
    priority,
    store_id: store_id === null ? null : Number(store_id),
    action_url: action_url.trim() || null,
  };
}
