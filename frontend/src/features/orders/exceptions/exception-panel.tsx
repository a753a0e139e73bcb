import { ActionIcon } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconZoomQuestion } from "@tabler/icons-react";
import { useIsMutating, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, isProblemWith } from "@/api/problem";
import type { OrderException } from "@/api/types";
import { exceptionQuery } from "@/features/orders/exceptions/api";
import { listedException } from "@/features/orders/exceptions/cache";
import { ExceptionFacts } from "@/features/orders/exceptions/exception-facts";
import { exceptionKeys } from "@/features/orders/exceptions/keys";
import css from "@/features/orders/exceptions/panel.module.css";
import { SettledMeanwhile } from "@/features/orders/exceptions/settled-meanwhile";
import { Settling } from "@/features/orders/exceptions/settling";
import { useDialogKeys } from "@/keyboard/use-keys";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { useCan } from "@/session/current-user";
import { EmptyState, ErrorState } from "@/ui/page-state";
import { Sheet } from "@/ui/sheet";

interface Props {
  id: number;
  isIgnoring: boolean;
  previousId: number | undefined;
  nextId: number | undefined;
  onGo: (id: number) => void;
  onIgnoring: (isIgnoring: boolean) => void;
  onSettled: (ids: readonly number[]) => void;
  onClose: () => void;
}

export default function ExceptionPanel(props: Props) {
  const { t } = useTranslation();
  const { id, previousId, nextId, onGo, onClose } = props;
  const queryClient = useQueryClient();
  const query = useQuery({ ...exceptionQuery(id), placeholderData: () => listedException(queryClient, id) });
  useHints((hints) => {
    const isOurs = hints.some((hint) => hint.id === null || hint.id === id);
    const isOurOrder = hints.some((hint) => hint.id === null || hint.id === query.data?.order_id);
    if (isOurOrder && saysChanged(hints, "order.changed"))
      void queryClient.invalidateQueries({ queryKey: exceptionKeys.detail(id) });
    if (isOurs && saysChanged(hints, "order_exception.changed")) {
      void queryClient.invalidateQueries({ queryKey: exceptionKeys.detail(id) });
      void queryClient.invalidateQueries({ queryKey: exceptionKeys.sameGtin(id) });
    }
  });
  const goTo = (to: number | undefined) => (to === undefined ? undefined : () => onGo(to));
  useDialogKeys({ j: goTo(nextId), k: goTo(previousId) });

  const failure = query.data ? null : failureOf(query);
  return (
    <Sheet
      title={t("orders.exceptions.panel.title")}
      size={480}
      onClose={onClose}
      beside={
        <>
          <ActionIcon
            disabled={previousId === undefined}
            aria-label={t("orders.exceptions.panel.previous")}
            onClick={goTo(previousId)}
          >
            <IconChevronUp size={18} />
          </ActionIcon>
          <ActionIcon
            disabled={nextId === undefined}
            aria-label={t("orders.exceptions.panel.next")}
            onClick={goTo(nextId)}
          >
            <IconChevronDown size={18} />
          </ActionIcon>
        </>
      }
    >
      {query.isPending && !failure && <PanelBones />}
      {failure ? <PanelError error={failure} onRetry={() => void query.refetch()} /> : null}
      {query.data && <PanelBody key={id} {...props} exception={query.data} />}
    </Sheet>
  );
}

function PanelBody({ exception: latest, ...props }: Props & { exception: OrderException }) {
  const { t } = useTranslation();
  const canSettle = useCan("triage");
  const [wasOpen] = useState(latest.status === "pending");
  const isSettledHere = useRef(false);
  const isSending = useIsMutating() > 0;
  // What is being settled here stays as it was until the next one comes: the stream may tell of it before the answer.
  const shown = useRef(latest);
  if (!isSending && !isSettledHere.current) shown.current = latest;
  const exception = shown.current;
  const isOpen = exception.status === "pending";
  const settled = (ids: readonly number[]) => {
    isSettledHere.current = true;
    props.onSettled(ids);
  };
  const goOnTo = props.nextId ?? props.previousId;
  return (
    <div className={css.body}>
      {wasOpen && !isOpen && (
        <SettledMeanwhile
          exception={exception}
          onNext={goOnTo === undefined ? undefined : () => props.onGo(goOnTo)}
          onClose={props.onClose}
        />
      )}
      <ExceptionFacts exception={exception} hasFocus={!props.isIgnoring} />
      {isOpen && !canSettle && <p className={css.viewer}>{t("orders.exceptions.panel.viewer")}</p>}
      {isOpen && canSettle && (
        <Settling
          exception={exception}
          isIgnoring={props.isIgnoring}
          onIgnoring={props.onIgnoring}
          onSettled={settled}
        />
      )}
    </div>
  );
}

function PanelError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  if (!isProblemWith(error, 404)) return <ErrorState error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      icon={IconZoomQuestion}
      title={t("orders.exceptions.panel.missing")}
      body={t("orders.exceptions.panel.missingBody")}
    />
  );
}

function PanelBones() {
  const { t } = useTranslation();
  return (
    <div className={css.body} role="status" aria-label={t("state.loading")}>
      <span className="bone" style={{ width: 110, height: 22 }} />
      <span className="bone" style={{ width: "76%", height: 16 }} />
      {[46, 58, 40, 52].map((width) => (
        <span key={width} className="bone" style={{ width: `${width}%`, height: 12 }} />
      ))}
    </div>
  );
}
