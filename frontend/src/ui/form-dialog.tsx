import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/dialog";
import css from "@/ui/dialog.module.css";
import type { Submission } from "@/ui/use-submit";

interface Props {
  title: string;
  submitLabel: string;
  submission: Submission;
  /** Wider for forms in two columns. */
  size?: number;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog: what belongs to no field stands above it. */
export function FormDialog({ title, submitLabel, submission, size = 480, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} isBusy={submission.isBusy} title={title} size={size}>
      <form className={css.form} onSubmit={submission.onSubmit} noValidate>
        <div role="alert">{submission.problem && <p className={css.problem}>{submission.problem}</p>}</div>
        {children}
        <div className={css.actions}>
          <Button onClick={onClose} disabled={submission.isBusy}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" variant="filled" loading={submission.isBusy}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Fields that belong together, two beside each other where there is room; `data-wide` takes the whole line. */
export function FieldGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={css.fields}>
      <legend className={css.legend}>{title}</legend>
      <div className={css.columns}>{children}</div>
    </fieldset>
  );
}
