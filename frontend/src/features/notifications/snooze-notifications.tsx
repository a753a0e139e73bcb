import type { Notification } from "@/api/types";
import { useSnoozeNotifications } from "@/features/notifications/use-snooze";
import { SnoozeDialog } from "@/inbox/snooze/snooze-dialog";

interface Props {
  items: readonly Notification[];
  onClose: () => void;
  onDone: () => void;
}

export default function SnoozeNotifications({ items, onClose, onDone }: Props) {
  const snooze = useSnoozeNotifications();
  return (
    <SnoozeDialog
      items={items}
      onClose={onClose}
      onChoose={(until) => {
        snooze(items, until);
        onDone();
        onClose();
      }}
    />
  );
}
