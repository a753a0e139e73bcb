import type { Notification } from "@/api/types";
import { silenceOf } from "@/features/notifications/silence-of";
import { useSnoozeNotifications } from "@/features/notifications/use-snooze";
import { SilenceItem } from "@/inbox/snooze/silence-item";
import { SnoozeItems } from "@/inbox/snooze/snooze-items";

interface Props {
  notification: Notification;
  onSnooze: () => void;
}

/** In a row's menu: not now, or nothing of the kind for a while. */
export default function PutOffItems({ notification, onSnooze }: Props) {
  const snooze = useSnoozeNotifications();
  const silence = silenceOf(notification);
  return (
    <>
      {notification.settled_at === null && (
        <SnoozeItems
          isSnoozed={notification.snoozed_until !== null}
          onSnooze={onSnooze}
          onWake={() => snooze([notification], null)}
        />
      )}
      {silence && <SilenceItem path={silence} />}
    </>
  );
}
