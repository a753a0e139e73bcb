import { useState } from "react";
import { SinceBones } from "@/features/summary/since-bones";
import { dismissAbsence, useAbsence } from "@/features/summary/use-absence";
import { useCurrentUser } from "@/session/current-user";
import { lazyExtra } from "@/ui/part";

const SincePanel = lazyExtra(
  () => import("@/features/summary/since-panel"),
  undefined,
  () => <SinceBones />,
);

/** On top of the inbox for whoever comes back; its room is kept from the first moment, as the list stands below it. */
export function SincePlace() {
  const { id } = useCurrentUser();
  const absence = useAbsence(id);
  const [toldQuiet, setToldQuiet] = useState<number | null>(null);
  const since = absence ?? toldQuiet;
  if (since === null) return null;
  const tell = (quiet: number | null) => {
    setToldQuiet(quiet);
    dismissAbsence(id);
  };
  return <SincePanel since={since} onQuiet={() => tell(since)} onDismiss={() => tell(null)} />;
}
