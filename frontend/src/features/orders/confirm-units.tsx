import { Checkbox } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { LetzshopRun, OrderDetail } from "@/api/types";
import { confirmUnits, waits } from "@/features/orders/api";
import css from "@/features/orders/order.module.css";
import { confirmWords } from "@/letzshop-runs/wording";
import { FormDialog } from "@/ui/form-dialog";
import { useSubmit } from "@/ui/use-submit";

interface Props {
  order: OrderDetail;
  onClose: () => void;
  onQueued: (run: LetzshopRun) => void;
}

/** All units that wait are available until somebody takes one out. */
export default function ConfirmUnits({ order, onClose, onQueued }: Props) {
  const { t } = useTranslation();
  const items = order.items
    .map(({ id, product_name, units }) => ({ id, product_name, units: units.filter(waits) }))
    .filter(({ units }) => units.length > 0);
  const waiting = items.flatMap(({ units }) => units.map(({ id }) => id));
  const form = useForm({ initialValues: { available: waiting, unavailable: [] as string[] } }); // `as`: of no element
  const { available, unavailable } = form.values;
  const submission = useSubmit(form, { send: (values) => confirmUnits(order.id, values), onDone: onQueued });
  const toggle = (id: string, isAvailable: boolean) => {
    const chosen = new Set(isAvailable ? [...available, id] : available.filter((each) => each !== id));
    form.clearErrors();
    form.setValues({
      available: waiting.filter((each) => chosen.has(each)),
      unavailable: waiting.filter((each) => !chosen.has(each)),
    });
  };
  const counts = { n: available.length, m: unavailable.length };
  const refusal = form.errors["available"] ?? form.errors["unavailable"];
  return (
    <FormDialog
      title={t("orders.confirm.title")}
      submitLabel={confirmWords(t, counts)}
      submission={submission}
      onClose={onClose}
    >
      <p className={css.intro}>{t("orders.confirm.intro")}</p>
      {items.map(({ id, product_name, units }) => (
        <fieldset key={id} className={css.pieces}>
          <legend>{product_name}</legend>
          {units.map((unit, at) => (
            <Checkbox
              key={unit.id}
              label={t("orders.confirm.piece", { n: at + 1 })}
              checked={available.includes(unit.id)}
              onChange={(event) => toggle(unit.id, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
      ))}
      {refusal && (
        <p role="alert" className={css.refusal}>
          {refusal}
        </p>
      )}
    </FormDialog>
  );
}
