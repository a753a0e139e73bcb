import { Button, CopyButton, TextInput } from "@mantine/core";
import { IconAlertTriangleFilled, IconCheck, IconCopy } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/dialog";
import dialog from "@/ui/dialog.module.css";
import css from "@/ui/shown-secret.module.css";
import { useStay } from "@/ui/use-stay";

interface Props {
  title: string;
  /** That it is shown this once. */
  warning: string;
  label: string;
  secret: string;
  onClose: () => void;
  /** What it is for, below it. */
  children?: ReactNode;
}

/** The only time that a secret is seen: neither a click beside the dialog nor Back must lose it. */
export function ShownSecret({ title, warning, label, secret, onClose, children }: Props) {
  const { t } = useTranslation();
  const isConfirmed = useRef(false);
  useStay(() => !isConfirmed.current);
  return (
    <Dialog
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      title={title}
      size={560}
    >
      <p className={css.warning}>
        <IconAlertTriangleFilled size={16} aria-hidden />
        {warning}
      </p>
      <TextInput
        mt={14}
        readOnly
        aria-label={label}
        value={secret}
        ff="monospace"
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
      />
      {children && <div className={`${dialog.body} ${css.use}`}>{children}</div>}
      <div className={dialog.actions}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy}>
              {copied ? t("action.copied") : t("action.copy")}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="filled"
          onClick={() => {
            isConfirmed.current = true;
            onClose();
          }}
        >
          {t("action.done")}
        </Button>
      </div>
    </Dialog>
  );
}
