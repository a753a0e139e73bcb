import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { LetzshopRun, OrderDetail } from "@/api/types";
import { sendTracking } from "@/features/orders/api";
import { FormDialog } from "@/ui/form-dialog";
import { useSubmit } from "@/ui/use-submit";

interface Props {
  order: OrderDetail;
  onClose: () => void;
  onQueued: (run: LetzshopRun) => void;
}

export default function SetTracking({ order, onClose, onQueued }: Props) {
  const { t } = useTranslation();
  const isFilled = (value: string) => (value.trim() === "" ? t("form.required") : null);
  const form = useForm({
    initialValues: { provider: order.tracking_provider ?? "", number: order.tracking_number ?? "" },
    validate: { provider: isFilled, number: isFilled },
  });
  const submission = useSubmit(form, {
    send: ({ provider, number }) => sendTracking(order.id, { provider: provider.trim(), number: number.trim() }),
    onDone: onQueued,
  });
  return (
    <FormDialog
      title={t("orders.tracking.title")}
      submitLabel={t("orders.tracking.submit")}
      submission={submission}
      onClose={onClose}
    >
      <TextInput
        {...form.getInputProps("provider")}
        label={t("orders.tracking.provider")}
        placeholder="Post Luxembourg"
        maxLength={300}
        data-autofocus
      />
      <TextInput {...form.getInputProps("number")} label={t("orders.tracking.number")} maxLength={300} />
    </FormDialog>
  );
}
