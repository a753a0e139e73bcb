import { IconCircleCheckFilled, IconCircleDashed, IconHeartbeat } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Summary } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import css from "@/features/summary/summary.module.css";

export const groups = ["open", "healed", "handled"] as const;
export type Group = (typeof groups)[number];

export const groupIcons = { open: IconCircleDashed, healed: IconHeartbeat, handled: IconCircleCheckFilled };

/** The first line of the digest: how many of each, as far as there are any. */
export function SummaryCounts({ summary }: { summary: Summary }) {
  const { t } = useTranslation();
  const shown = groups
    .map((group) => ({ group, count: summary[`${group}_count`], GroupIcon: groupIcons[group] }))
    .filter(({ count }) => count > 0);
  return (
    <dl className={css.counts}>
      {shown.map(({ group, count, GroupIcon }) => (
        <div key={group} data-group={group}>
          <GroupIcon size={15} aria-hidden />
          <dt>{t(`summary.${group}`)}</dt>
          <dd>{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
