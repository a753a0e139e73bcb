import { UnstyledButton } from "@mantine/core";
import type { AnchorHTMLAttributes } from "react";
import type { Target } from "@/features/notifications/wording";
import { AlertLink } from "@/inbox/alert-link";
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
  if (!target) {
    return (
      <UnstyledButton id={id} className={css.title} title={title} data-open aria-expanded={isExpanded} onClick={onOpen}>
        {title}
      </UnstyledButton>
    );
  }
  return (
    <TargetAnchor data-open target={target} id={id} className={css.title} title={title} onClick={onOpen}>
      {title}
    </TargetAnchor>
  );
}

export function TargetButton({ target, title, onOpen }: { target: Target; title: string; onOpen: () => void }) {
  return (
    <TargetAnchor
      target={target}
      className={`${css.action} ${css.rest}`}
      aria-label={`${target.label}: ${title}`}
      onClick={onOpen}
    >
      {target.label}
    </TargetAnchor>
  );
}

interface AnchorProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "target" | "onClick"> {
  target: Target;
  onClick: () => void;
}

function TargetAnchor({ target, children, ...props }: AnchorProps) {
  if (target.kind === "external") {
    return (
      <a {...props} href={target.href} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  }
  if (target.kind === "alert") {
    return (
      <AlertLink {...props} alertId={Number(target.href)}>
        {children}
      </AlertLink>
    );
  }
  return (
    <PathLink {...props} path={target.href}>
      {children}
    </PathLink>
  );
}
