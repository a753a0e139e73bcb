import { Button, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Target } from "@/features/notifications/wording";
import css from "@/inbox/row.module.css";
import { PathLink } from "@/url/path-link";

interface TitleProps {
  id: string;
  title: string;
  target: Target | null;
  isExpanded: boolean;
  onOpen: () => void;
}

/** The row's title, which opens it; without a place to go it shows the whole message. */
export function TargetTitle({ id, title, target, isExpanded, onOpen }: TitleProps) {
  const shared = { id, className: css.title, title, onClick: onOpen, "data-open": true } as const;
  if (!target) {
    return (
      <UnstyledButton {...shared} aria-expanded={isExpanded}>
        {title}
      </UnstyledButton>
    );
  }
  return <TargetAnchor target={target} {...shared} label={title} />;
}

export function TargetButton({ target, title, onOpen }: { target: Target; title: string; onOpen: () => void }) {
  return (
    <Button
      className={`${css.action} ${css.rest}`}
      aria-label={`${target.label}: ${title}`}
      renderRoot={(props) => <TargetAnchor {...props} target={target} onClick={onOpen} label={props["children"]} />}
    >
      {target.label}
    </Button>
  );
}

interface AnchorProps {
  target: Target;
  label: React.ReactNode;
  onClick: () => void;
  [prop: string]: unknown;
}

function TargetAnchor({ target, label, ...props }: AnchorProps) {
  if (target.kind === "external") {
    return (
      <a {...props} href={target.href} target="_blank" rel="noreferrer">
        {label}
      </a>
    );
  }
  if (target.kind === "alert") {
    return (
      <Link
        {...props}
        from="/notifications"
        to="/notifications"
        search={(before) => ({ ...before, alert: Number(target.href) })}
        resetScroll={false}
      >
        {label}
      </Link>
    );
  }
  return (
    <PathLink {...props} path={target.href}>
      {label}
    </PathLink>
  );
}
