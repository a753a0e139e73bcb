import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { MailAnswer } from "@/features/delivery/destinations/mail-answer";
import { Dialog } from "@/ui/dialog";
import css from "@/ui/dialog.module.css";
import { useSubmit } from "@/ui/use-submit";

/** Sends a mail at once, outside all queues, and shows the settings in effect and what the mail server said. */
export default function TestMail({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { to: "" },
    validate: {
      to: (value) => (value.trim() === "" || /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? null : t("form.email")),
    },
  });
  const { problem, isBusy, onSubmit, answer } = useSubmit(form, {
    send: async ({ to }: typeof form.values) => {
      const body = to.trim() === "" ? {} : { to: to.trim() };
      return answered(await client.POST("/api/v1/admin/delivery/test-mail", { body }));
    },
    onDone: () => undefined,
  });
  return (
    <Dialog onClose={onClose} title={t("delivery.mail.title")} size={520}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        <div role="alert">{problem && <p className={css.problem}>{problem}</p>}</div>
        <TextInput
          {...form.getInputProps("to")}
          label={t("delivery.mail.to")}
          description={t("delivery.mail.toHint")}
          type="email"
          maxLength={300}
          data-autofocus
        />
        <div role="status">{answer && !isBusy && <MailAnswer answer={answer} />}</div>
        <div className={css.actions}>
          <Button onClick={onClose}>{t("action.close")}</Button>
          <Button type="submit" variant="filled" loading={isBusy}>
            {t("delivery.mail.submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
