import type { AnchorHTMLAttributes } from "react";
import { useOpenAlert } from "@/inbox/use-open-alert";
import { isPlainClick } from "@/url/plain-click";

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "onClick"> {
  alertId: number;
  onClick?: (() => void) | undefined;
}

/** A link to an alert's drawer; in a new tab, over the list of alerts. */
export function AlertLink({ alertId, onClick, children, ...props }: Props) {
  const openAlert = useOpenAlert();
  return (
    <a
      {...props}
      href={`/notifications?tab=alerts&alert=${alertId}`}
      onClick={(event) => {
        onClick?.();
        if (!isPlainClick(event)) return;
        event.preventDefault();
        openAlert(alertId);
      }}
    >
      {children}
    </a>
  );
}
