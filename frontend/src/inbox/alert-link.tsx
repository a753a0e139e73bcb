import { useNavigate } from "@tanstack/react-router";
import type { AnchorHTMLAttributes } from "react";
import { isPlainClick } from "@/url/plain-click";

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "onClick"> {
  alertId: number;
  onClick?: (() => void) | undefined;
}

/** Opens an alert's drawer over the list as it is; in a new tab, over the list of alerts. */
export function AlertLink({ alertId, onClick, children, ...props }: Props) {
  const navigate = useNavigate({ from: "/notifications" });
  return (
    <a
      {...props}
      href={`/notifications?tab=alerts&alert=${alertId}`}
      onClick={(event) => {
        onClick?.();
        if (!isPlainClick(event)) return;
        event.preventDefault();
        void navigate({ search: (before) => ({ ...before, alert: alertId }), resetScroll: false });
      }}
    >
      {children}
    </a>
  );
}
