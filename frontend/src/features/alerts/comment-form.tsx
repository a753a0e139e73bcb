import { Button, Textarea } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import css from "@/features/alerts/alert-drawer.module.css";
import { useDraft } from "@/features/alerts/use-draft";
import { ignore, useHandling } from "@/features/alerts/use-handling";

export function CommentForm({ id }: { id: number }) {
  const { t } = useTranslation();
  const { text, keep, sent } = useDraft("comment", id);
  const { mutateAsync, isPending } = useHandling(id);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    // The text stays until it is saved: a refused comment must not have to be written again.
    // Not by the call's own onSuccess: the drawer may be closed by then.
    if (text.trim() !== "" && !isPending) mutateAsync({ kind: "comment", text }).then(() => sent(text), ignore);
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <Textarea
        label={t("alerts.drawer.comment")}
        placeholder={t("alerts.drawer.commentPlaceholder")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        value={text}
        onChange={(event) => keep(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
        }}
      />
      <Button type="submit" loading={isPending} disabled={text.trim() === ""}>
        {t("alerts.drawer.commentSend")}
      </Button>
    </form>
  );
}
