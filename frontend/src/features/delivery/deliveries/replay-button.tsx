import { Button } from "@mantine/core";
import { IconCheck, IconRotate } from "@tabler/icons-react";
import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { Delivery, DeliveryDetail, Page } from "@/api/types";
import { deliveryKeys } from "@/features/delivery/api";
import shared from "@/features/delivery/delivery.module.css";
import { isUnfinished } from "@/features/delivery/standing";
import { useCan } from "@/session/current-user";
import { announce } from "@/ui/announcer";
import { showToast } from "@/ui/toasts";

/** Sends one that has finished once more. Pressed, the button stays as long as it goes: it must keep the focus. */
export function ReplayButton({ delivery: { id, status } }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const canReplay = useCan("triage");
  const replay = useMutation({
    mutationFn: async () =>
      answered(
        await client.POST("/api/v1/admin/delivery/deliveries/{delivery_id}/replay", {
          params: { path: { delivery_id: id } },
          headers: idempotent(),
        }),
      ),
    onSuccess: (changed) => {
      queryClient.setQueryData(deliveryKeys.detail(id), changed);
      announce(t("delivery.drawer.replayed"));
      // In place: where only dead ones are listed it goes when the list next asks for what is unfinished.
      queryClient.setQueriesData<InfiniteData<Page<Delivery>>>({ queryKey: deliveryKeys.lists }, (list) =>
        withChanged(list, changed),
      );
      void queryClient.invalidateQueries({ queryKey: deliveryKeys.stats });
    },
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
  });
  const isUnderWay = isUnfinished(status);
  if (!canReplay) return status === "dead" ? <p className={shared.note}>{t("delivery.drawer.viewer")}</p> : null;
  if (isUnderWay && replay.isIdle) return null;
  const isSaid = isUnderWay && !replay.isPending;
  return (
    <div>
      <Button
        variant={status === "dead" ? "filled" : "default"}
        leftSection={isSaid ? <IconCheck size={16} /> : <IconRotate size={16} />}
        loading={replay.isPending}
        {...(isSaid ? { "data-disabled": true, "aria-disabled": true } : {})}
        onClick={() => !isSaid && replay.mutate()}
      >
        {isSaid ? t("delivery.drawer.replayed") : t("delivery.drawer.replay")}
      </Button>
    </div>
  );
}

function withChanged(list: InfiniteData<Page<Delivery>> | undefined, changed: Delivery) {
  if (!list) return undefined;
  const now = (item: Delivery) => (item.id === changed.id ? changed : item);
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(now) })) };
}
