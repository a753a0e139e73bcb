import { useTranslation } from "react-i18next";
import css from "@/realtime/live-chip.module.css";
import { useStreamState } from "@/realtime/stream-state";

export function LiveChip() {
  const { t } = useTranslation();
  const state = useStreamState();
  const hint =
    state === "live"
      ? t("shell.live.liveHint")
      : state === "offline"
        ? t("shell.live.offlineHint")
        : t("shell.live.reconnectingHint");
  return (
    <span className={css.chip} data-state={state} role="status" title={hint}>
      <span className={css.dot} aria-hidden />
      {t(`shell.live.${state}`)}
    </span>
  );
}
