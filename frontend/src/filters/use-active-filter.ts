import "@/directory/texts";
import { useTranslation } from "react-i18next";
import type { SegmentFilter } from "@/filters/filter";
import { readBoolean } from "@/url/read-search";

/** All, active or inactive: of stores and of merchants. */
export function useActiveFilter(
  active: boolean | undefined,
  onChange: (active: boolean | undefined) => void,
): SegmentFilter {
  const { t } = useTranslation();
  return {
    label: t("directory.activeLabel"),
    selected: active === undefined ? "" : String(active),
    options: [
      { value: "", label: t("directory.all") },
      { value: "true", label: t("directory.active") },
      { value: "false", label: t("directory.inactive") },
    ],
    onChange: (chosen) => onChange(readBoolean(chosen)),
  };
}
