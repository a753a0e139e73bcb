import { endOfDay, startOfDay } from "@/display/dates";
import type { DeliveryFilters } from "@/features/delivery/search";

/** The dead letters of these filters as they can be sent again at once; null when the API cannot limit it so. */
export function replayable(filters: DeliveryFilters) {
  const { destination = [], channel, since, until, status: _, ...others } = filters;
  if (destination.length > 1 || Object.values(others).some((value) => value !== undefined)) return null;
  return {
    ...(destination[0] === undefined ? {} : { destination_id: destination[0] }),
    ...(channel === undefined ? {} : { channel }),
    ...(since === undefined ? {} : { since: startOfDay(since) }),
    ...(until === undefined ? {} : { until: endOfDay(until) }),
  };
}
