import "@/ui/dialog-styles";
import { Modal, type ModalProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useReturnFocus } from "@/ui/use-return-focus";

/** A dialog in the middle of the page: open while it is mounted. */
export function Dialog(props: Omit<ModalProps, "opened">) {
  const { t } = useTranslation();
  useReturnFocus();
  return <Modal opened closeButtonProps={{ "aria-label": t("action.close") }} {...props} />;
}
