import { Button } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/dialog";
import css from "@/ui/dialog.module.css";

interface Props {
  title: string;
  submitLabel: string;
  problem: string | null;
  isBusy: boolean;
  onClose: () => void;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  children: ReactNode;
}

/** A form in a dialog: what belongs to no field stands above it. */
export function FormDialog({ title, submitLabel, problem, isBusy, onClose, onSubmit, children }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} title={title} size={480}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        <div role="alert">{problem && <p className={css.problem}>{problem}</p>}</div>
        {children}
        <div className={css.actions}>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="filled" loading={isBusy}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
