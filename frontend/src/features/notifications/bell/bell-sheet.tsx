import css from "@/features/notifications/bell/bell.module.css";
import { BellPanel, BellTitle, MarkAllSeen } from "@/features/notifications/bell/bell-panel";
import { Sheet } from "@/ui/sheet";

export default function BellSheet({ onClose }: { onClose: () => void }) {
  const title = (
    <span className={css.sheetTitle}>
      <BellTitle />
    </span>
  );
  return (
    <Sheet title={title} beside={<MarkAllSeen />} onClose={onClose}>
      <BellPanel onClose={onClose} isInSheet />
    </Sheet>
  );
}
