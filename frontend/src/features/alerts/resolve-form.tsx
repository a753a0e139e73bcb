import { Button, Textarea } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import css from "@/features/alerts/alert-drawer.module.css";
import { useDraft } from "@/features/alerts/use-draft";
import { ignore, useHandling } from "@/features/alerts/use-handling";

export function ResolveForm({ id }: { id: number }) {
  const { t } = useTranslation();
  const { text: notes, keep, sent } = useDraft("notes", id);
  const { mutateAsync, isPending } = useHandling(id);
  const field = useRef<HTMLTextAreaElement>(null);
  // Not on touch screens, where the keyboard would cover the facts.
  useEffect(() => {
    if (window.matchMedia("(hover: hover)").matches) field.current?.focus({ preventScroll: true });
  }, []);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    // Not by the call's own onSuccess: once it is resolved this form is gone.
    if (!isPending) mutateAsync({ kind: "resolve", notes }).then(() => sent(notes), ignore);
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <Textarea
        ref={field}
        label={t("alerts.drawer.notes")}
        description={t("alerts.drawer.notesHint")}
        placeholder={t("alerts.drawer.notesPlaceholder")}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={10_000}
        value={notes}
        onChange={(event) => keep(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
        }}
      />
      <Button variant="filled" type="submit" loading={isPending} leftSection={<IconCircleCheck size={17} />}>
        {t("alerts.drawer.resolveTitle")}
      </Button>
    </form>
  );
}
