import "@/features/delivery/texts";
import { IconAntennaBars5 } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Destination } from "@/api/types";
import { destinationsQuery } from "@/features/delivery/api";
import { DestinationTable } from "@/features/delivery/destinations/destination-table";
import { Unreached } from "@/features/delivery/destinations/unreached";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";
import { lazyDialog } from "@/ui/part";

const RotateSecret = lazyDialog(() => import("@/features/delivery/destinations/rotate-secret"));

/** Shared destinations; what becomes of them no hint tells, so that they are asked again at times. */
export function DestinationList({ createButton }: { createButton: ReactNode }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({ ...destinationsQuery, refetchInterval: 30_000 });
  // Here and not in its row: the new secret must outlive a row that goes meanwhile.
  const [rotating, setRotating] = useState<Destination | null>(null);
  return (
    <>
      <Unreached />
      <PagedPanel
        label={t("delivery.destinations.title")}
        query={query}
        columns={4}
        empty={
          <EmptyState
            icon={IconAntennaBars5}
            title={t("delivery.destinations.empty")}
            body={t("delivery.destinations.emptyBody")}
            action={createButton}
          />
        }
      >
        {(destinations) => <DestinationTable destinations={destinations} onRotate={setRotating} />}
      </PagedPanel>
      {rotating && <RotateSecret destination={rotating} onClose={() => setRotating(null)} />}
    </>
  );
}
