import { Button, CopyButton, TextInput } from "@mantine/core";
import { IconAlertTriangleFilled, IconCheck, IconCopy } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import css from "@/features/delivery/destinations/shown-secret.module.css";
import { Dialog } from "@/ui/dialog";
import dialog from "@/ui/dialog.module.css";
import { useStay } from "@/ui/use-stay";

interface Props {
  name: string;
  secret: string;
  /** There was one before, which is valid for a while yet. */
  isRotated: boolean;
  onClose: () => void;
}

/** The only time that the secret is seen: neither a click beside the dialog nor Back must lose it. */
export default function ShownSecret({ name, secret, isRotated, onClose }: Props) {
  const { t } = useTranslation();
  const isConfirmed = useRef(false);
  useStay(() => !isConfirmed.current);
  return (
    <Dialog
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      title={t("delivery.secret.title", { name })}
      size={560}
    >
      <p className={css.warning}>
        <IconAlertTriangleFilled size={16} aria-hidden />
        {t("delivery.secret.body")}
      </p>
      <TextInput
        mt={14}
        readOnly
        aria-label={t("delivery.secret.label")}
        value={secret}
        ff="monospace"
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
      />
      <p className={`${dialog.body} ${css.use}`}>{t("delivery.secret.use")}</p>
      {isRotated && <p className={`${dialog.body} ${css.use}`}>{t("delivery.secret.overlap")}</p>}
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
