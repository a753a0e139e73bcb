import "@/inbox/snooze/texts";
import { IconBellRinging, IconBellZ } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { MenuItem } from "@/ui/menu";

interface Props {
  isSnoozed: boolean;
  onSnooze: () => void;
  onWake: () => void;
}

/** In a row's menu. */
export function SnoozeItems({ isSnoozed, onSnooze, onWake }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {isSnoozed && (
        <MenuItem icon={IconBellRinging} onClick={onWake}>
          {t("snooze.wake")}
        </MenuItem>
      )}
      <MenuItem icon={IconBellZ} onClick={onSnooze}>
        {t("snooze.snooze")}
      </MenuItem>
    </>
  );
}
