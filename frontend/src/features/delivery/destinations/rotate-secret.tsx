import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { Destination } from "@/api/types";
import { deliveryKeys } from "@/features/delivery/api";
import { SigningSecret } from "@/features/delivery/destinations/signing-secret";
import ConfirmDialog from "@/ui/confirm-dialog";
import { showToast } from "@/ui/toasts";
import { useStay } from "@/ui/use-stay";

interface Props {
  destination: Destination;
  onClose: () => void;
}

/** Asks first, and shows the new secret this once. */
export default function RotateSecret({ destination, onClose }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { id, name } = destination;
  const rotate = useMutation({
    mutationFn: async () =>
      answered(
        await client.POST("/api/v1/admin/delivery/destinations/{destination_id}/rotate-secret", {
          params: { path: { destination_id: id } },
        }),
      ),
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: deliveryKeys.destinations }),
  });
  // The new secret is on its way: nobody leaves before it is shown.
  useStay(() => rotate.isPending);
  if (rotate.data?.secret) {
    return <SigningSecret name={name} secret={rotate.data.secret} isRotated onClose={onClose} />;
  }
  return (
    <ConfirmDialog
      title={t("delivery.secret.rotateTitle", { name })}
      body={t("delivery.secret.rotateBody")}
      confirmLabel={t("delivery.destinations.rotate")}
      isBusy={rotate.isPending}
      onClose={onClose}
      onConfirm={() => rotate.mutate()}
    />
  );
}
