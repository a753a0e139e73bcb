import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/dialog";
import css from "@/ui/dialog.module.css";

interface Props {
  title: string;
  body: string;
  confirmLabel: string;
  cancelLabel?: string;
  isDangerous?: boolean;
  isBusy: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

export default function ConfirmDialog({
  title,
  body,
  confirmLabel,
  cancelLabel,
  isDangerous,
  isBusy,
  onClose,
  onConfirm,
}: Props) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} isBusy={isBusy} title={title} size={420}>
      <p className={css.body}>{body}</p>
      <div className={css.actions}>
        {/* An Enter too many must not do what cannot be undone. */}
        <Button onClick={onClose} disabled={isBusy} data-autofocus={isDangerous || undefined}>
          {cancelLabel ?? t("action.cancel")}
        </Button>
        <Button
          variant="filled"
          color={isDangerous ? "red.9" : "indigo"}
          loading={isBusy}
          onClick={onConfirm}
          data-autofocus={isDangerous ? undefined : true}
        >
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
