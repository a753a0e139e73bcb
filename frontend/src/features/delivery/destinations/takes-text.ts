import type { TFunction } from "i18next";
import type { Destination } from "@/api/types";
import { listed } from "@/features/delivery/wording";
import { categoryName } from "@/inbox/messages/wording";

const named = 3;

/** "Import failures, Order exceptions, and 2 more" */
export function typesText(t: TFunction, language: string, types: readonly string[]): string {
  if (types.length === 0) return t("delivery.destinations.everything");
  const names = types.map((type) => categoryName(t, type));
  if (names.length <= named + 1) return listed(language, names);
  const shown = names.slice(0, named).join(", ");
  return t("delivery.destinations.moreTypes", { shown, n: names.length - named });
}

/** "from high on · 3 stores" */
export function limitsText(t: TFunction, { min_priority, store_ids }: Pick<Destination, "min_priority" | "store_ids">) {
  const priority =
    min_priority === "low"
      ? t("delivery.destinations.anyPriority")
      : t("delivery.destinations.from", { priority: t(`level.${min_priority}`).toLocaleLowerCase() });
  const stores =
    store_ids.length === 0
      ? t("delivery.destinations.allStores")
      : t("delivery.destinations.stores", { count: store_ids.length });
  return `${priority} · ${stores}`;
}
