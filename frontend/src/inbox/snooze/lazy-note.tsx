import type { ComponentProps } from "react";
import { lazyExtra } from "@/ui/part";

const Note = lazyExtra(() => import("@/inbox/snooze/snooze-note"));

/** Comes when the first row needs it: most are neither put off nor back. */
export function SnoozeNote(props: ComponentProps<typeof Note>) {
  if (!(props.until ?? props.returnedAt)) return null;
  return <Note {...props} />;
}
