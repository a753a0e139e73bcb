import type { LinkedAction, Notification } from "@/api/types";
import bell from "@/features/notifications/bell/bell.module.css";
import css from "@/inbox/row.module.css";
import { lazyExtra } from "@/ui/part";

const ActionBar = lazyExtra(() => import("@/inbox/actions/action-bar"));
const ActionMenuItems = lazyExtra(() => import("@/inbox/actions/action-menu-items"));
const QuickAction = lazyExtra(() => import("@/inbox/actions/quick-action"));
const RowNote = lazyExtra(() => import("@/inbox/actions/row-note"));

interface Props {
  notification: Notification;
}

/** In the bell: what can be done about it, and what came of it. */
export function BellActions({ notification }: Props) {
  const { id, title } = notification;
  const actions = linked(notification);
  if (actions.length === 0) return null;
  return (
    <div className={bell.actions}>
      <ActionBar notificationId={id} actions={actions} about={title} />
    </div>
  );
}

/** The action that a row shows in place of the way to its page: one that may help before anybody looks closer. */
export function quickActionOf(notification: Notification): LinkedAction | undefined {
  return linked(notification).find(({ kind }) => kind === "sync_now" || kind === "retry_run");
}

export function RowAction({ action, about }: { action: LinkedAction; about: string }) {
  return (
    <span className={css.rest}>
      <QuickAction action={action} about={about} />
    </span>
  );
}

export function MenuActions({ notification }: Props) {
  const actions = linked(notification);
  if (actions.length === 0) return null;
  return <ActionMenuItems id={notification.id} actions={actions} />;
}

/** Under a row's message: what came of what was tried. */
export function ActionsNote({ notification: { id, actions } }: Props) {
  if (actions.length === 0) return null;
  return <RowNote notificationId={id} />;
}

function linked({ id, actions, store_id }: Notification): LinkedAction[] {
  return actions.map((action) => ({ ...action, notification_id: id, store_id }));
}
