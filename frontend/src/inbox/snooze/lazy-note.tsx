import { type ComponentProps, lazy, Suspense } from "react";

const Note = lazy(() => import("@/inbox/snooze/snooze-note"));

/** Comes when the first row needs it: most are neither put off nor back. */
export function SnoozeNote(props: ComponentProps<typeof Note>) {
  if (!(props.until ?? props.returnedAt)) return null;
  return (
    <Suspense>
      <Note {...props} />
    </Suspense>
  );
}
