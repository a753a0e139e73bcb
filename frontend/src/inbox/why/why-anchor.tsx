import { useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes } from "react";
import { isPlainClick } from "@/url/plain-click";

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "onClick"> {
  notificationId: number;
}

/** Opens the panel over the page as it is; in a new tab, over the inbox. */
export function WhyAnchor({ notificationId, children, ...props }: Props) {
  const router = useRouter();
  return (
    <a
      {...props}
      href={`/notifications?why=${notificationId}`}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        void router.navigate({
          to: ".",
          search: (before) => ({ ...before, why: notificationId }),
          resetScroll: false,
        });
      }}
    >
      {children}
    </a>
  );
}
