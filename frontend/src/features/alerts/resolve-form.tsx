import { Button, Textarea } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "@/features/alerts/alert-drawer.module.css";
import { useHandling } from "@/features/alerts/use-handling";

export function ResolveForm({ id }: { id: number }) {
  const { t } = useTranslation();
  const [notes, setNotes] = useState("");
  const { mutate, isPending } = useHandling(id);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!isPending) mutate({ kind: "resolve", notes });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <Textarea
        label={t("alerts.drawer.notes")}
        description={t("alerts.drawer.notesHint")}
        placeholder={t("alerts.drawer.notesPlaceholder")}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={10_000}
        value={notes}
        onChange={(event) => setNotes(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
        }}
        data-autofocus
      />
      <Button variant="filled" type="submit" loading={isPending} leftSection={<IconCircleCheck size={17} />}>
        {t("alerts.drawer.resolveTitle")}
      </Button>
    </form>
  );
}
