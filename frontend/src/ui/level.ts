import {
  type Icon,
  IconAlertCircleFilled,
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconInfoCircleFilled,
  IconMinus,
} from "@tabler/icons-react";

/** Priorities, severities and "resolved" on one scale of looks: each has its own shape, word and colour. */
export const levels = ["critical", "high", "normal", "low", "error", "warning", "info", "resolved"] as const;
export type Level = (typeof levels)[number];

export const levelIcons: Record<Level, Icon> = {
  critical: IconAlertOctagonFilled,
  high: IconAlertTriangleFilled,
  error: IconAlertTriangleFilled,
  warning: IconAlertCircleFilled,
  normal: IconInfoCircleFilled,
  info: IconInfoCircleFilled,
  low: IconMinus,
  resolved: IconCircleCheckFilled,
};

/** Old rows may hold a level that is registered no longer. */
export function levelOf(value: string): Level | null {
  return levels.find((level) => level === value) ?? null;
}
