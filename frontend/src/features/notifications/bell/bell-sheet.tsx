import css from "@/features/notifications/bell/bell.module.css";
import { BellHeading, BellPanel } from "@/features/notifications/bell/bell-panel";
import { Sheet } from "@/ui/sheet";

export default function BellSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet
      title={
        <span className={css.sheetTitle}>
          <BellHeading />
        </span>
      }
      onClose={onClose}
    >
      <BellPanel onClose={onClose} isInSheet />
    </Sheet>
  );
}
