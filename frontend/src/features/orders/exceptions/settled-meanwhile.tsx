import { Button } from "@mantine/core";
import { IconInfoCircleFilled } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { OrderException } from "@/api/types";
import css from "@/features/orders/exceptions/panel.module.css";

interface Props {
  exception: OrderException;
  onNext: (() => void) | undefined;
  onClose: () => void;
}

/** What was open when it was shown has been settled elsewhere: says so, and takes the focus that the buttons had. */
export function SettledMeanwhile({ exception: { resolved_by }, onNext, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={css.meanwhile} role="status">
      <p id={id}>
        <IconInfoCircleFilled size={16} aria-hidden />
        {resolved_by
          ? t("orders.exceptions.panel.settledBy", { name: resolved_by.name })
          : t("orders.exceptions.panel.settledAutomatically")}
      </p>
      <Button ref={focusOnce} size="compact-sm" aria-describedby={id} onClick={onNext ?? onClose}>
        {onNext ? t("orders.exceptions.panel.next") : t("action.close")}
      </Button>
    </div>
  );
}

/** The same function at every render: React calls it when the button comes, not again. */
function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus({ preventScroll: true });
}
