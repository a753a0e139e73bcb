import "@/features/alerts/texts";
import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/dialog";
import css from "@/ui/dialog.module.css";

interface Props {
  count: number;
  isBusy: boolean;
  onClose: () => void;
  onResolve: (notes: string) => void;
}

export default function BulkResolveDialog({ count, isBusy, onClose, onResolve }: Props) {
  const { t } = useTranslation();
  const [notes, setNotes] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onResolve(notes);
  };
  return (
    <Dialog onClose={onClose} title={t("alerts.bulkResolveTitle", { count })} size={460}>
      <form onSubmit={submit}>
        <Textarea
          label={t("alerts.drawer.notes")}
          description={t("alerts.bulkResolveHint")}
          placeholder={t("alerts.drawer.notesPlaceholder")}
          minRows={4}
          autosize
          maxLength={10_000}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
          data-autofocus
        />
        <div className={css.actions}>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button variant="filled" type="submit" loading={isBusy}>
            {t("alerts.resolveCount", { count })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
