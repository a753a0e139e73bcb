import { useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes } from "react";
import { isPlainClick } from "@/url/plain-click";

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "onClick"> {
  path: string;
  onClick?: (() => void) | undefined;
}

/**
 * A link to a path that comes from data: the router matches it, and says "not found" for what is none of ours.
 * Lighter than the router's own link, which works out its target anew with every change of the address:
 * a list that is scrolled makes hundreds of these in a second.
 */
export function PathLink({ path, onClick, children, ...props }: Props) {
  const router = useRouter();
  return (
    <a
      {...props}
      href={path}
      onClick={(event) => {
        onClick?.();
        if (!isPlainClick(event)) return;
        event.preventDefault();
        void router.navigate({ href: path });
      }}
    >
      {children}
    </a>
  );
}
