import { Button, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { OrderException } from "@/api/types";
import { ignoreException } from "@/features/orders/exceptions/api";
import css from "@/features/orders/exceptions/panel.module.css";
import { useSubmit } from "@/ui/use-submit";

interface Props {
  exception: OrderException;
  onCancel: () => void;
  onIgnored: (answer: OrderException) => void;
}

export function IgnoreForm({ exception, onCancel, onIgnored }: Props) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { notes: "" },
    validate: { notes: (value) => (value.trim() === "" ? t("form.required") : null) },
  });
  const { problem, isBusy, onSubmit } = useSubmit(form, {
    send: ({ notes }) => ignoreException(exception.id, notes.trim()),
    onDone: onIgnored,
  });
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <form className={css.ignore} onSubmit={onSubmit} noValidate>
      <Textarea
        {...form.getInputProps("notes")}
        ref={field}
        label={t("orders.exceptions.panel.ignoreNotes")}
        description={t("orders.exceptions.panel.ignoreHint")}
        autosize
        minRows={3}
        maxRows={8}
        maxLength={10_000}
        // Escape leaves the note, not the panel.
        data-mantine-stop-propagation="true"
        data-autofocus
        onKeyDown={(event) => {
          if (event.key === "Escape") onCancel();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !isBusy) onSubmit();
        }}
      />
      <div role="alert">{problem && <p className={css.problem}>{problem}</p>}</div>
      <div className={css.buttons}>
        <Button type="submit" variant="filled" loading={isBusy}>
          {t("orders.exceptions.panel.ignoreSubmit")}
        </Button>
        <Button onClick={onCancel}>{t("action.cancel")}</Button>
      </div>
    </form>
  );
}
