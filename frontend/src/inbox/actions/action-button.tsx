import "@/inbox/actions/texts";
import { Button } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ActionRun, LinkedAction, RunnableKind } from "@/api/types";
import css from "@/inbox/actions/actions.module.css";
import { isRunnable, isUnderWay, pathOf } from "@/inbox/actions/api";
import { actionIcons } from "@/inbox/actions/icons";
import { useRunAction } from "@/inbox/actions/use-run-action";
import { actionName } from "@/inbox/actions/wording";
import { useCan } from "@/session/current-user";
import { PathLink } from "@/url/path-link";

interface Props {
  action: LinkedAction;
  runs: readonly ActionRun[];
  /** What it is about, for who does not see the rest. */
  about: string;
  /** Named in the label where several are side by side. */
  storeName?: string | undefined;
}

/** A button that runs the action, or the way to the page where a person does it; nothing for who may do neither. */
export function ActionButton({ action, runs, about, storeName }: Props) {
  const { t } = useTranslation();
  const canRun = useCan("run-jobs");
  const name = actionName(t, action.kind);
  const words = {
    "aria-label": t("actions.about", { action: name, title: about }),
    children: storeName ? t("actions.ofStore", { action: name, store: storeName }) : name,
    icon: actionIcons[action.kind],
  };
  if (!isRunnable(action)) return <WayButton {...words} path={pathOf(action)} />;
  if (!canRun) return null;
  return <RunButton {...words} action={action} runs={runs} />;
}

interface WordsProps {
  "aria-label": string;
  children: string;
  icon: Icon;
}

function WayButton({ path, icon: WayIcon, children, ...props }: WordsProps & { path: string }) {
  return (
    <PathLink {...props} path={path} className={css.way}>
      <WayIcon size={15} aria-hidden />
      {children}
    </PathLink>
  );
}

interface RunButtonProps extends WordsProps {
  action: LinkedAction & { kind: RunnableKind };
  runs: readonly ActionRun[];
}

function RunButton({ action, runs, icon: RunIcon, children, ...props }: RunButtonProps) {
  const { mutate, isPending } = useRunAction(action.notification_id);
  const isBusy = isPending || runs.some((run) => run.kind === action.kind && isUnderWay(run));
  return (
    <Button
      {...props}
      size="xs"
      className={css.button}
      leftSection={<RunIcon size={15} aria-hidden />}
      loading={isBusy}
      onClick={() => mutate(action.kind)}
    >
      {children}
    </Button>
  );
}
