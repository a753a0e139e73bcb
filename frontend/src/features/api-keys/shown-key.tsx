import { Button, CopyButton, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ShownApiKey } from "@/api/types";
import { Dialog } from "@/ui/dialog";
import css from "@/ui/dialog.module.css";

/** The only time that the key is seen: a click beside the dialog must not lose it. */
export function ShownKey({ shown, onClose }: { shown: ShownApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      title={t("administration.keys.onceTitle")}
      size={520}
    >
      <p className={css.body}>{t("administration.keys.onceBody")}</p>
      <TextInput
        mt={14}
        readOnly
        aria-label={t("administration.keys.key")}
        value={shown.key}
        ff="monospace"
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
      />
      <div className={css.actions}>
        <CopyButton value={shown.key}>
          {({ copied, copy }) => (
            <Button leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy}>
              {copied ? t("action.copied") : t("action.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="filled" onClick={onClose}>
          {t("action.done")}
        </Button>
      </div>
    </Dialog>
  );
}
