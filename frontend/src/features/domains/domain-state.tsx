import { IconAlertTriangleFilled, IconCircleCheckFilled, IconClock, IconLoader2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Domain } from "@/api/types";
import css from "@/features/domains/domains.module.css";
import badge from "@/ui/status-badge.module.css";
import { Time } from "@/ui/time";

const looks = {
  checking: { icon: IconLoader2, tone: "busy" },
  verified: { icon: IconCircleCheckFilled, tone: "good" },
  unverified: { icon: IconAlertTriangleFilled, tone: "warning" },
  unchecked: { icon: IconClock, tone: "quiet" },
} as const;

/** Whether a domain is known to be its owner's, and since when. */
export function DomainState({ domain, isChecking }: { domain: Domain; isChecking: boolean }) {
  const { t } = useTranslation();
  const state = isChecking ? "checking" : stateOf(domain);
  const { icon: StateIcon, tone } = looks[state];
  return (
    <>
      <span className={badge.badge} data-tone={tone}>
        <StateIcon size={14} aria-hidden />
        {t(`domains.${state}`)}
      </span>
      {!isChecking && domain.last_checked_at && (
        <span className={css.checked}>
          {t("domains.checkedAt")} <Time iso={domain.last_checked_at} as="ago" />
        </span>
      )}
    </>
  );
}

function stateOf({ is_verified, last_checked_at }: Domain): "verified" | "unverified" | "unchecked" {
  if (is_verified) return "verified";
  return last_checked_at === null ? "unchecked" : "unverified";
}
