import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { splitPath } from "@/url/links";

interface Props {
  path: string;
  children: ReactNode;
  id?: string;
  className?: string | undefined;
  title?: string;
  onClick?: () => void;
}

/** A link to a path that comes from data: the router matches it, and says "not found" for what is none of ours. */
export function PathLink({ path, ...props }: Props) {
  const { to, search, hash } = splitPath(path);
  // `as`: the path is only known at run time, so that its search cannot be checked before.
  return <Link {...props} to={to} search={search as never} hash={hash} />;
}
