import type { LinkedAction } from "@/api/types";
import { ActionButton } from "@/inbox/actions/action-button";
import { ActionNote } from "@/inbox/actions/action-note";
import css from "@/inbox/actions/actions.module.css";
import { useActionRuns } from "@/inbox/actions/use-action-runs";

interface Props {
  notificationId: number;
  /** Of this notification. */
  actions: readonly LinkedAction[];
  about: string;
  storeName?: string | undefined;
  /** Shows also what others have tried. */
  isAsked?: boolean;
}

/** What can be done about a notification, and what came of it. */
export default function ActionBar({ notificationId, actions, about, storeName, isAsked = false }: Props) {
  const runs = useActionRuns(notificationId, isAsked);
  return (
    <div className={css.bar}>
      <div className={css.buttons}>
        {actions.map((action) => (
          <ActionButton key={action.kind} action={action} runs={runs} about={about} storeName={storeName} />
        ))}
      </div>
      <ActionNote run={runs[0]} />
    </div>
  );
}
