import "@/ui/dialog-styles";
import { Modal, type ModalProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useReturnFocus } from "@/ui/use-return-focus";

interface Props extends Omit<ModalProps, "opened"> {
  /** What it asked for is on its way: who closed it now would not see the answer. */
  isBusy?: boolean;
}

/** A dialog in the middle of the page: open while it is mounted. */
export function Dialog({ isBusy = false, onClose, ...props }: Props) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Modal
      opened
      closeButtonProps={{ "aria-label": t("action.close") }}
      closeOnEscape={!isBusy}
      closeOnClickOutside={!isBusy}
      onClose={() => !isBusy && onClose()}
      {...props}
    />
  );
}
