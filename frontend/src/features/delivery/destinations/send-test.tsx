import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { Destination } from "@/api/types";
import { deliveryKeys, deliveryQuery } from "@/features/delivery/api";
import { TestOutcome } from "@/features/delivery/destinations/test-outcome";
import { Dialog } from "@/ui/dialog";
import css from "@/ui/dialog.module.css";

interface Props {
  destination: Destination;
  onClose: () => void;
}

/** Sends a test on the way of all messages, and follows it until the receiver has answered. */
export default function SendTest({ destination, onClose }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { id, name } = destination;
  const { mutate, ...send } = useMutation({
    mutationFn: async () =>
      answered(
        await client.POST("/api/v1/admin/delivery/destinations/{destination_id}/test", {
          params: { path: { destination_id: id } },
          headers: idempotent(),
        }),
      ),
  });
  // The one press that opened this is what asks for it.
  const [isAsked, setIsAsked] = useState(false);
  useEffect(() => {
    if (isAsked) return;
    setIsAsked(true);
    mutate();
  }, [isAsked, mutate]);

  const deliveryId = send.data?.delivery_id;
  const { data: delivery } = useQuery({ ...deliveryQuery(deliveryId ?? 0, 1_000), enabled: deliveryId !== undefined });
  const isAnswered = delivery?.attempts.some(({ outcome }) => outcome !== null) || delivery?.finished_at != null;
  useEffect(() => {
    // It works again, or fails: the list says so.
    if (isAnswered) void queryClient.invalidateQueries({ queryKey: deliveryKeys.destinations });
  }, [isAnswered, queryClient]);
  return (
    <Dialog onClose={onClose} title={t("delivery.test.title", { name })} size={520}>
      {send.isError ? (
        <p className={css.problem} role="alert">
          {problemText(send.error)}
        </p>
      ) : (
        <TestOutcome name={name} delivery={isAnswered ? delivery : undefined} />
      )}
      {deliveryId !== undefined && (
        <Link to="/delivery/deliveries" search={{ destination: [id], delivery: deliveryId }}>
          {t("delivery.test.open")}
        </Link>
      )}
      <div className={css.actions}>
        {/* Busy rather than gone: it has the focus of whoever pressed it. */}
        <Button loading={!isAnswered && !send.isError} onClick={() => mutate()}>
          {t("delivery.test.again")}
        </Button>
        <Button variant="filled" onClick={onClose} data-autofocus>
          {t("action.close")}
        </Button>
      </div>
    </Dialog>
  );
}
