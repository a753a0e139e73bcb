import { ActionIcon } from "@mantine/core";
import { IconDots, IconHistory, IconPencil, IconPlugConnected, IconUnlink } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Store } from "@/api/types";
import { useStartRun } from "@/features/letzshop/use-start-run";
import { useTestConnection } from "@/features/letzshop/use-test-connection";
import { useCan } from "@/session/current-user";
import { Menu, MenuItem } from "@/ui/menu";
import { lazyDialog } from "@/ui/part";
import more from "@/ui/record-actions.module.css";

const DisconnectStore = lazyDialog(() => import("@/features/letzshop/disconnect-store"));

interface Props {
  store: Store;
  /** Also what has buttons of its own where there is room. */
  isWhole: boolean;
  canStartHistory: boolean;
  onEdit: () => void;
}

export function ConnectionMenu({ store, isWhole, canStartHistory, onEdit }: Props) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const history = useStartRun("history", store.id);
  const test = useTestConnection(store.id);
  const canManage = useCan("manage");
  if (!canManage && !isWhole) return null;
  const label = `${t("action.moreActions")}: ${t("letzshop.connection.title")}`;
  return (
    <>
      <Menu
        label={label}
        renderButton={(props) => (
          <ActionIcon
            {...props}
            size={36}
            className={more.more}
            loading={history.isPending || test.isPending}
            aria-label={label}
            aria-haspopup="menu"
          >
            <IconDots size={18} />
          </ActionIcon>
        )}
      >
        {isWhole && canStartHistory && (
          <MenuItem icon={IconHistory} onClick={() => history.mutate()}>
            {t("letzshop.connection.history")}
          </MenuItem>
        )}
        {isWhole && (
          <MenuItem icon={IconPlugConnected} onClick={() => test.mutate()}>
            {t("letzshop.connection.test")}
          </MenuItem>
        )}
        {isWhole && canManage && (
          <MenuItem icon={IconPencil} onClick={onEdit}>
            {t("letzshop.connection.edit")}
          </MenuItem>
        )}
        {canManage && (
          <MenuItem icon={IconUnlink} isDangerous onClick={() => setIsAsking(true)}>
            {t("letzshop.connection.disconnect")}
          </MenuItem>
        )}
      </Menu>
      {isAsking && <DisconnectStore store={store} onClose={() => setIsAsking(false)} />}
    </>
  );
}
