import { ActionIcon } from "@mantine/core";
import {
  IconDots,
  IconHistory,
  IconKey,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconSend,
  IconTrash,
} from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Destination } from "@/api/types";
import css from "@/features/delivery/destinations/destinations.module.css";
import { useSwitch } from "@/features/delivery/destinations/use-switch";
import { useCan } from "@/session/current-user";
import { Menu, MenuItem, MenuLine, menuLink } from "@/ui/menu";
import { lazyDialog } from "@/ui/part";

const dialogs = {
  test: lazyDialog(() => import("@/features/delivery/destinations/send-test")),
  off: lazyDialog(() => import("@/features/delivery/destinations/switch-off")),
  delete: lazyDialog(() => import("@/features/delivery/destinations/delete-destination")),
};

interface Props {
  destination: Destination;
  /** Shows a secret this once, which must not go with the row. */
  onRotate: () => void;
}

/** What can be done with one: an operator sees where its deliveries are, the rest is an administrator's. */
export function DestinationMenu({ destination, onRotate }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<keyof typeof dialogs | null>(null);
  const canManage = useCan("manage");
  const { id, name, kind, is_enabled: isOn, opened_at } = destination;
  const navigate = useNavigate();
  const switching = useSwitch(destination);
  const label = t("delivery.destinations.menu", { name });
  const Asked = asked && dialogs[asked];
  return (
    <>
      <Menu
        label={label}
        renderButton={(props) => (
          <ActionIcon
            {...props}
            size={34}
            className={css.more}
            loading={switching.isPending}
            aria-label={label}
            aria-haspopup="menu"
          >
            <IconDots size={18} />
          </ActionIcon>
        )}
      >
        {canManage && (
          <>
            <MenuItem
              icon={IconPencil}
              onClick={() => void navigate({ to: "/delivery/destinations", search: { edit: id }, resetScroll: false })}
            >
              {t("delivery.destinations.edit")}
            </MenuItem>
            {isOn && (
              <MenuItem icon={IconSend} onClick={() => setAsked("test")}>
                {t("delivery.destinations.test")}
              </MenuItem>
            )}
            {kind === "webhook" && (
              <MenuItem icon={IconKey} onClick={onRotate}>
                {t("delivery.destinations.rotate")}
              </MenuItem>
            )}
          </>
        )}
        <Link to="/delivery/deliveries" search={{ destination: [id] }} {...menuLink}>
          <IconHistory size={17} stroke={1.7} aria-hidden />
          {t("delivery.destinations.deliveries")}
        </Link>
        {canManage && (
          <>
            <MenuLine />
            {isOn && opened_at !== null && (
              <MenuItem icon={IconRefresh} onClick={() => switching.mutate(true)}>
                {t("delivery.destinations.tryNow")}
              </MenuItem>
            )}
            {isOn ? (
              <MenuItem icon={IconPlayerPause} onClick={() => setAsked("off")}>
                {t("delivery.destinations.off")}
              </MenuItem>
            ) : (
              <MenuItem icon={IconPlayerPlay} onClick={() => switching.mutate(true)}>
                {t("delivery.destinations.on")}
              </MenuItem>
            )}
            <MenuItem icon={IconTrash} isDangerous onClick={() => setAsked("delete")}>
              {t("delivery.destinations.delete")}
            </MenuItem>
          </>
        )}
      </Menu>
      {Asked && <Asked destination={destination} onClose={() => setAsked(null)} />}
    </>
  );
}
