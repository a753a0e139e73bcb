import { Button } from "@mantine/core";
import { type Icon, IconCloudOff, IconLock, IconMoodEmpty, IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemError, UnreachableError } from "@/api/problem";
import css from "@/ui/page-state.module.css";

interface EmptyProps {
  icon: Icon;
  title: string;
  body: string;
  action?: ReactNode;
}

export function EmptyState({ icon: StateIcon, title, body, action }: EmptyProps) {
  return (
    <div className={css.state}>
      <span className={css.icon}>
        <StateIcon size={22} stroke={1.6} aria-hidden />
      </span>
      <h2 className={css.title}>{title}</h2>
      <p className={css.body}>{body}</p>
      {action && <div className={css.action}>{action}</div>}
    </div>
  );
}

/** What happened, that nothing is lost, a reference to quote, and a way on. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const { icon: StateIcon, kind } = kindOf(error);
  const reference = error instanceof ProblemError ? error.requestId : null;
  return (
    <div className={css.state} role="alert">
      <span className={css.icon} data-tone={kind === "error" ? "bad" : undefined}>
        <StateIcon size={22} stroke={1.6} aria-hidden />
      </span>
      <h2 className={css.title}>{t(`state.${kind}Title`)}</h2>
      <p className={css.body}>{t(`state.${kind}Body`)}</p>
      {error instanceof ProblemError && error.status >= 500 && error.detail !== "" && (
        <p className={css.detail}>{error.detail}</p>
      )}
      {kind !== "forbidden" && (
        <div className={css.action}>
          <Button onClick={onRetry}>{t("action.retry")}</Button>
        </div>
      )}
      {reference && <p className={css.reference}>{t("state.reference", { id: reference })}</p>}
    </div>
  );
}

function kindOf(error: unknown): { icon: Icon; kind: "error" | "unreachable" | "forbidden" | "notFound" } {
  if (error instanceof UnreachableError) return { icon: IconCloudOff, kind: "unreachable" };
  if (error instanceof ProblemError && error.status === 403) return { icon: IconLock, kind: "forbidden" };
  if (error instanceof ProblemError && error.status === 404) return { icon: IconMoodEmpty, kind: "notFound" };
  return { icon: IconPlugConnectedX, kind: "error" };
}
