import "@/features/delivery/texts";
import { IconCircleCheck, IconSend } from "@tabler/icons-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Delivery } from "@/api/types";
import { DeadLetters } from "@/features/delivery/deliveries/dead-letters";
import { DeliveryRow, type DeliveryRowActions } from "@/features/delivery/deliveries/delivery-row";
import { useDeliveryFilters } from "@/features/delivery/deliveries/use-delivery-filters";
import { useDeliveryList } from "@/features/delivery/deliveries/use-delivery-list";
import type { DeliveryFilters } from "@/features/delivery/search";
import { FilterBar } from "@/filters/filter-bar";
import { FreshPill } from "@/inbox/fresh-pill";
import { InboxList } from "@/inbox/inbox-list";
import { NothingListed } from "@/inbox/nothing-listed";
import { useRows } from "@/inbox/use-rows";
import { lazyDialog } from "@/ui/part";

const DeliveryDrawer = lazyDialog(() => import("@/features/delivery/deliveries/delivery-drawer"));

interface Props {
  filters: DeliveryFilters;
  onFilter: (filters: DeliveryFilters) => void;
  /** The delivery whose drawer is open. */
  openId: number | undefined;
  onOpen: (id: number | undefined) => void;
}

const timeOf = ({ created_at }: Delivery) => created_at;

/** The list with its filters, and the drawer of the one that is open. */
export function DeliveryWorkbench({ filters, onFilter, openId, onOpen }: Props) {
  const { t } = useTranslation();
  const bar = useDeliveryFilters(filters, onFilter);
  const { items, query, freshCount, showFresh } = useDeliveryList(filters);
  const { cursorId, onFocus } = useRows(items, false);
  // Rows are memoised: what they are given must not change with every render.
  const latest = useRef(onOpen);
  latest.current = onOpen;
  const actions = useMemo<DeliveryRowActions>(() => ({ onFocus, onOpen: (id) => latest.current(id) }), [onFocus]);
  const isOfDead = filters.status?.length === 1 && filters.status[0] === "dead";
  const isNothingElse = Object.entries(filters).every(([name, value]) => name === "status" || value === undefined);
  return (
    <>
      <FilterBar filters={bar} />
      {isOfDead && items.length > 0 && (
        <DeadLetters filters={filters} loaded={items.length} hasMore={query.hasNextPage} />
      )}
      {freshCount > 0 && <FreshPill count={freshCount} onShow={showFresh} />}
      <InboxList
        items={items}
        query={query}
        timeOf={timeOf}
        cursorId={cursorId}
        empty={
          <NothingListed
            quiet={{ icon: IconSend, title: t("delivery.deliveries.empty"), body: t("delivery.deliveries.emptyBody") }}
            settled={
              isOfDead &&
              isNothingElse && {
                icon: IconCircleCheck,
                title: t("delivery.deliveries.noDead"),
                body: t("delivery.deliveries.noDeadBody"),
              }
            }
            onClear={bar.onClear}
          />
        }
        keyHints={[
          { keys: ["J", "K"], label: t("list.hintMove") },
          { keys: ["Enter"], label: t("delivery.deliveries.hintOpen") },
        ]}
        renderRow={(item) => <DeliveryRow delivery={item} isCursor={item.id === cursorId} actions={actions} />}
      />
      {openId !== undefined && <DeliveryDrawer key={openId} id={openId} onClose={() => onOpen(undefined)} />}
    </>
  );
}
