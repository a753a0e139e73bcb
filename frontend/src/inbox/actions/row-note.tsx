import "@/inbox/actions/texts";
import { ActionNote } from "@/inbox/actions/action-note";
import { useActionRuns } from "@/inbox/actions/use-action-runs";

/** In a row: what came of what was tried from here. */
export default function RowNote({ notificationId }: { notificationId: number }) {
  return <ActionNote run={useActionRuns(notificationId, false)[0]} />;
}
