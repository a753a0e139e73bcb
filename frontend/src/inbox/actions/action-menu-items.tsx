import "@/inbox/actions/texts";
import { useTranslation } from "react-i18next";
import type { LinkedAction } from "@/api/types";
import { isRunnable, pathOf } from "@/inbox/actions/api";
import { actionIcons } from "@/inbox/actions/icons";
import { useRunAction } from "@/inbox/actions/use-run-action";
import { actionName } from "@/inbox/actions/wording";
import { useCan } from "@/session/current-user";
import { MenuItem, menuLink } from "@/ui/menu";
import { PathLink } from "@/url/path-link";

/** The actions of one notification, in its row's menu. */
export default function ActionMenuItems({ id, actions }: { id: number; actions: readonly LinkedAction[] }) {
  const { t } = useTranslation();
  const { mutate } = useRunAction(id);
  const canRun = useCan("run-jobs");
  return actions.map((action) => {
    const name = actionName(t, action.kind);
    const ItemIcon = actionIcons[action.kind];
    if (!isRunnable(action)) {
      return (
        <PathLink key={action.kind} {...menuLink} path={pathOf(action)}>
          <ItemIcon size={17} stroke={1.7} aria-hidden />
          {name}
        </PathLink>
      );
    }
    return (
      canRun && (
        <MenuItem key={action.kind} icon={ItemIcon} onClick={() => mutate(action.kind)}>
          {name}
        </MenuItem>
      )
    );
  });
}
