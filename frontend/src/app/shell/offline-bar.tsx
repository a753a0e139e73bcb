import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "@/app/shell/header.module.css";
import { useStreamState } from "@/realtime/stream-state";

export function OfflineBar() {
  const { t } = useTranslation();
  const isOffline = useStreamState() === "offline";
  return (
    <div role="status">
      {isOffline && (
        <div className={css.offline}>
          <IconCloudOff size={17} aria-hidden />
          <span>
            <b>{t("state.offlineTitle")}.</b> {t("state.offlineBody")}
          </span>
        </div>
      )}
    </div>
  );
}
