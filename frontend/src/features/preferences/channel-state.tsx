import { useTranslation } from "react-i18next";
import type { ChannelState as State } from "@/api/types";
import { clockOrDate } from "@/display/dates";
import { useNow } from "@/display/use-now";
import css from "@/features/preferences/reach.module.css";
import { StatusBadge } from "@/ui/status-badge";

const reasons = ["bounced", "gone", "failing"] as const;

export function StateBadge({ state }: { state: State }) {
  const { t } = useTranslation();
  if (!state.is_enabled) return <StatusBadge standing="bad" label={t("preferences.reach.off")} />;
  if (state.failing_since !== null) return <StatusBadge standing="warning" label={t("preferences.reach.failing")} />;
  return <StatusBadge standing="good" label={t("preferences.reach.works")} />;
}

/** Since when an address does not work, why, and what was said last; nothing about one that does. */
export function Trouble({ state }: { state: State }) {
  const { t } = useTranslation();
  const now = useNow();
  const { is_enabled: isOn, failing_since, disabled_at, disabled_reason, last_error } = state;
  if (isOn && failing_since === null) return null;
  return (
    <>
      <p className={css.trouble}>{isOn ? failing() : off()}</p>
      {last_error !== null && (
        <p className={css.said} lang="en">
          {last_error}
        </p>
      )}
    </>
  );

  function failing(): string {
    return failing_since === null ? "" : t("preferences.reach.failingAt", { time: clockOrDate(failing_since, now) });
  }

  function off(): string {
    const known = reasons.find((reason) => reason === disabled_reason) ?? "byHand";
    const reason = t(`preferences.reach.reason.${known}`);
    return disabled_at === null
      ? `${reason}.`
      : t("preferences.reach.offAt", { reason, time: clockOrDate(disabled_at, now) });
  }
}
