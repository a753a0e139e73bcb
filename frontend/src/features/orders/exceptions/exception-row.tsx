import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { OrderException } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { ExceptionBadge } from "@/features/orders/exceptions/exception-badge";
import css from "@/features/orders/exceptions/workbench.module.css";
import { numbersOf, orderWords } from "@/features/orders/wording";
import row from "@/inbox/row.module.css";
import { useCursorFocus } from "@/inbox/use-cursor-focus";
import { Time } from "@/ui/time";
import { isPlainClick } from "@/url/plain-click";

export interface ExceptionRowActions {
  onFocus: (id: number) => void;
  onOpen: (id: number) => void;
}

interface Props {
  exception: OrderException;
  isCursor: boolean;
  actions: ExceptionRowActions;
}

export const ExceptionRow = memo(function ExceptionRow({ exception, isCursor, actions }: Props) {
  const { t } = useTranslation();
  const ref = useCursorFocus(isCursor);
  const { id, original_product_name: name, quantity, store_name } = exception;
  const isOpen = exception.status === "pending";
  const titleId = `exception-${id}`;
  return (
    <article
      ref={ref}
      className={`${row.row} ${css.row}`}
      tabIndex={-1}
      aria-labelledby={titleId}
      data-strong={isOpen || undefined}
      data-cursor={isCursor || undefined}
      onFocus={() => actions.onFocus(id)}
    >
      <span className={row.badge}>
        <ExceptionBadge exception={exception} />
      </span>
      <div className={row.main}>
        <div className={row.titleLine}>
          <a
            id={titleId}
            className={row.title}
            title={name}
            data-open
            href={`/order-exceptions?exception=${id}`}
            onClick={(event) => {
              if (!isPlainClick(event)) return;
              event.preventDefault();
              actions.onOpen(id);
            }}
          >
            {name}
          </a>
          {quantity > 1 && <span className={row.pill}>×{formatNumber(quantity)}</span>}
        </div>
        <p className={row.message}>
          <b>{store_name}</b>
          {` · ${orderWords(t, exception)}`}
          {numbersOf(exception) && ` · ${numbersOf(exception)}`}
        </p>
      </div>
      <span className={row.time}>
        <Time iso={exception.created_at} as="row" />
      </span>
    </article>
  );
});
