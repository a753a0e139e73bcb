import { Button, Textarea } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import css from "@/features/alerts/alert-drawer.module.css";
import { useDraft } from "@/features/alerts/use-draft";
import { useHandling } from "@/features/alerts/use-handling";

export function CommentForm({ id }: { id: number }) {
  const { t } = useTranslation();
  const [text, setText] = useDraft("comment", id);
  const { mutate, isPending } = useHandling(id);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    // The text stays until it is saved: a refused comment must not have to be written again.
    if (text.trim() !== "" && !isPending) mutate({ kind: "comment", text }, { onSuccess: () => setText("") });
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
        onChange={(event) => setText(event.currentTarget.value)}
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
