import { Button } from "@mantine/core";
import { IconRotate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/display/numbers";
import { deliveryStatsQuery } from "@/features/delivery/api";
import css from "@/features/delivery/deliveries/deliveries.module.css";
import { replayable } from "@/features/delivery/deliveries/replayable";
import type { DeliveryFilters } from "@/features/delivery/search";
import { useCan } from "@/session/current-user";
import { lazyDialog } from "@/ui/part";

const ReplayDead = lazyDialog(() => import("@/features/delivery/deliveries/replay-dead"));

interface Props {
  filters: DeliveryFilters;
  /** How many are in the list, and whether there are more. */
  loaded: number;
  hasMore: boolean;
}

/** Over the dead letters: all that are listed, sent once more. */
export function DeadLetters({ filters, loaded, hasMore }: Props) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const canReplay = useCan("triage");
  const { data: stats } = useQuery(deliveryStatsQuery);
  const which = replayable(filters);
  const isUnlimited = which !== null && Object.keys(which).length === 0;
  const exact = !hasMore ? loaded : isUnlimited ? stats?.dead : undefined;
  const n = exact === undefined ? `${formatNumber(loaded)}+` : formatNumber(exact);
  return (
    <div className={css.dead}>
      <p>{canReplay && which === null ? t("delivery.deliveries.replayLimits") : t("delivery.deliveries.dead")}</p>
      {canReplay && which !== null && (
        <Button size="compact-sm" leftSection={<IconRotate size={15} />} onClick={() => setIsAsking(true)}>
          {t("delivery.deliveries.replayAll", { n })}
        </Button>
      )}
      {isAsking && which !== null && <ReplayDead which={which} n={n} onClose={() => setIsAsking(false)} />}
    </div>
  );
}
