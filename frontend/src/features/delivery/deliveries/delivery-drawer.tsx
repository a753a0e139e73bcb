import { IconZoomQuestion } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failureOf, isProblemWith } from "@/api/problem";
import type { DeliveryDetail } from "@/api/types";
import { deliveryQuery } from "@/features/delivery/api";
import { AttemptTimeline } from "@/features/delivery/deliveries/attempt-timeline";
import { DeliveryFacts } from "@/features/delivery/deliveries/delivery-facts";
import css from "@/features/delivery/deliveries/drawer.module.css";
import { MessageText } from "@/features/delivery/deliveries/message-text";
import { ReplayButton } from "@/features/delivery/deliveries/replay-button";
import { VerdictWords } from "@/features/delivery/deliveries/verdict-words";
import { DeliveryStatusBadge } from "@/features/delivery/status-badge";
import { LevelBadge } from "@/ui/level-badge";
import { EmptyState, ErrorState } from "@/ui/page-state";
import { Sheet } from "@/ui/sheet";

export default function DeliveryDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(deliveryQuery(id));
  const failure = query.data ? null : failureOf(query);
  return (
    <Sheet title={t("delivery.drawer.title")} size={480} onClose={onClose}>
      {query.data && <DrawerBody delivery={query.data} />}
      {failure !== null && <DrawerError error={failure} onRetry={() => void query.refetch()} />}
      {query.isPending && failure === null && <DrawerBones />}
    </Sheet>
  );
}

function DrawerBody({ delivery }: { delivery: DeliveryDetail }) {
  return (
    <div className={css.body}>
      <div className={css.badges}>
        <DeliveryStatusBadge status={delivery.status} />
        <LevelBadge value={delivery.priority} />
      </div>
      <h2 className={css.title}>{delivery.title}</h2>
      <ReplayButton delivery={delivery} />
      <DeliveryFacts delivery={delivery} />
      <VerdictWords verdict={delivery.verdict} />
      <AttemptTimeline delivery={delivery} />
      <MessageText delivery={delivery} />
    </div>
  );
}

function DrawerError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  if (!isProblemWith(error, 404)) return <ErrorState error={error} onRetry={onRetry} />;
  return (
    <EmptyState icon={IconZoomQuestion} title={t("delivery.drawer.missing")} body={t("delivery.drawer.missingBody")} />
  );
}

function DrawerBones() {
  const { t } = useTranslation();
  return (
    <div className={css.body} role="status" aria-label={t("state.loading")}>
      <span className="bone" style={{ width: 84, height: 22 }} />
      <span className="bone" style={{ width: "72%", height: 16, marginTop: 6 }} />
      {[40, 52, 34, 46, 60].map((width) => (
        <span key={width} className="bone" style={{ width: `${width}%`, height: 12, marginTop: 8 }} />
      ))}
    </div>
  );
}
