import { useTranslation } from "react-i18next";
import type { Destination } from "@/api/types";
import { clockOrDate } from "@/display/dates";
import { useNow } from "@/display/use-now";
import css from "@/features/delivery/destinations/destinations.module.css";
import { type DestinationStanding, standingOf } from "@/features/delivery/standing";
import { offReason } from "@/features/delivery/wording";
import { type Standing, StatusBadge } from "@/ui/status-badge";

const looks: Record<DestinationStanding, Standing> = {
  off: "ended",
  open: "bad",
  failing: "warning",
  unused: "waiting",
  working: "good",
};

type Stands = Pick<
  Destination,
  | "disabled_at"
  | "disabled_reason"
  | "failing_since"
  | "is_enabled"
  | "last_error"
  | "last_success_at"
  | "opened_at"
  | "previous_secret_until"
  | "probe_at"
>;

/** How it stands, since when, and what it said last when it does not work. */
export function DestinationState({ destination }: { destination: Stands }) {
  const { t } = useTranslation();
  const now = useNow();
  const standing = standingOf(destination);
  const since = sentence();
  // What somebody switched off is at rest; what switched itself off is in trouble.
  const isBroken = standing === "off" && (destination.disabled_reason ?? "by hand") !== "by hand";
  const hasError = destination.last_error !== null && standing !== "working" && standing !== "unused";
  return (
    <>
      <StatusBadge standing={isBroken ? "bad" : looks[standing]} label={t(`delivery.destinations.state.${standing}`)} />
      {since && <span className={css.since}>{since}</span>}
      {hasError && (
        <span className={css.error} title={destination.last_error ?? undefined} lang="en">
          {destination.last_error}
        </span>
      )}
      <Overlap until={destination.previous_secret_until} />
    </>
  );

  function sentence(): string | null {
    const { disabled_at, disabled_reason, probe_at, failing_since } = destination;
    if (standing === "off") {
      const reason = offReason(t, disabled_reason);
      return disabled_at ? t("delivery.destinations.offAt", { reason, time: clockOrDate(disabled_at, now) }) : reason;
    }
    if (standing === "open") {
      return probe_at && Date.parse(probe_at) > now.getTime()
        ? t("delivery.destinations.openUntil", { time: clockOrDate(probe_at, now) })
        : t("delivery.destinations.openNow");
    }
    if (standing !== "failing" || !failing_since) return null;
    return t("delivery.destinations.failingSince", { time: clockOrDate(failing_since, now) });
  }
}

/** As long as messages carry two signatures. */
function Overlap({ until }: { until: string | null }) {
  const { t } = useTranslation();
  const now = useNow();
  if (until === null || Date.parse(until) <= now.getTime()) return null;
  return (
    <span className={css.since}>{t("delivery.destinations.secretOverlap", { time: clockOrDate(until, now) })}</span>
  );
}
