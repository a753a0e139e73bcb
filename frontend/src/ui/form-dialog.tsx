import "@/ui/dialog-styles";
import { Button, Modal } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
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
    <Modal opened onClose={onClose} title={title} size={480} closeButtonProps={{ "aria-label": t("action.close") }}>
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
    </Modal>
  );
}
