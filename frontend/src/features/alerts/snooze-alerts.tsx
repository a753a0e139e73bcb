import type { Alert } from "@/api/types";
import { useSnoozeAlerts } from "@/features/alerts/use-snooze";
import { SnoozeDialog } from "@/inbox/snooze/snooze-dialog";

interface Props {
  alerts: readonly Alert[];
  onClose: () => void;
  onDone: () => void;
}

export default function SnoozeAlerts({ alerts, onClose, onDone }: Props) {
  const snooze = useSnoozeAlerts();
  return (
    <SnoozeDialog
      items={alerts}
      onClose={onClose}
      onChoose={(until) => {
        snooze(alerts, until);
        onDone();
        onClose();
      }}
    />
  );
}
