import { useTranslation } from "react-i18next";
import type { Destination } from "@/api/types";
import { useSwitch } from "@/features/delivery/destinations/use-switch";
import ConfirmDialog from "@/ui/confirm-dialog";

interface Props {
  destination: Destination;
  onClose: () => void;
}

export default function SwitchOff({ destination, onClose }: Props) {
  const { t } = useTranslation();
  const switching = useSwitch(destination);
  return (
    <ConfirmDialog
      title={t("delivery.destinations.offTitle", { name: destination.name })}
      body={t("delivery.destinations.offBody")}
      confirmLabel={t("delivery.destinations.off")}
      isDangerous
      isBusy={switching.isPending}
      onClose={onClose}
      onConfirm={() => switching.mutate(false, { onSettled: onClose })}
    />
  );
}
