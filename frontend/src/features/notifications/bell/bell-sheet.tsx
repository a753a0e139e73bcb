import { useTranslation } from "react-i18next";
import { BellPanel } from "@/features/notifications/bell/bell-panel";
import { Sheet } from "@/ui/sheet";

export default function BellSheet({ onClose, unread }: { onClose: () => void; unread: number }) {
  const { t } = useTranslation();
  return (
    <Sheet title={t("shell.bell.title")} onClose={onClose}>
      <BellPanel onClose={onClose} unread={unread} isInSheet />
    </Sheet>
  );
}
