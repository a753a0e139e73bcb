import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { Destination } from "@/api/types";
import { deliveryKeys } from "@/features/delivery/api";
import { showToast } from "@/ui/toasts";

const path = "/api/v1/admin/delivery/destinations/{destination_id}";

/** Switches a destination on, which forgets its failures and sends what waits, or off. */
export function useSwitch({ id, name, is_enabled: wasOn }: Pick<Destination, "id" | "name" | "is_enabled">) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const params = { path: { destination_id: id } };
  return useMutation({
    mutationFn: (isOn: boolean) =>
      isOn ? client.POST(`${path}/enable`, { params }) : client.PATCH(path, { params, body: { is_enabled: false } }),
    onSuccess: (_answer, isOn) =>
      showToast({
        kind: "done",
        message: isOn
          ? t(wasOn ? "delivery.destinations.triedNow" : "delivery.destinations.switchedOn", { name })
          : t("delivery.destinations.switchedOff", { name }),
      }),
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: deliveryKeys.all }),
  });
}
