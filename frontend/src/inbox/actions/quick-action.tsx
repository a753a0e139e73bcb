import type { LinkedAction } from "@/api/types";
import { ActionButton } from "@/inbox/actions/action-button";
import { useActionRuns } from "@/inbox/actions/use-action-runs";

/** The one button of a row, as busy as what it started. */
export default function QuickAction({ action, about }: { action: LinkedAction; about: string }) {
  const runs = useActionRuns(action.notification_id, false);
  return <ActionButton action={action} runs={runs} about={about} />;
}
