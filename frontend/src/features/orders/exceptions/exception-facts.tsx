import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { OrderException } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { ExceptionBadge } from "@/features/orders/exceptions/exception-badge";
import css from "@/features/orders/exceptions/panel.module.css";
import { money } from "@/features/orders/money";
import { stageOf } from "@/features/orders/stage";
import { orderNumber, productName } from "@/features/orders/wording";
import { Time } from "@/ui/time";

/** The item and its order; once it is settled, how. */
export function ExceptionFacts({ exception, hasFocus }: { exception: OrderException; hasFocus: boolean }) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  // Each exception begins at its name: whoever listens hears which one it is.
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const { status, exception_type: type, resolved_product: product, resolved_at } = exception;
  return (
    <>
      <div>
        <ExceptionBadge exception={exception} />
      </div>
      <h2 ref={title} className={css.title} tabIndex={-1} data-autofocus={hasFocus || undefined}>
        {exception.original_product_name}
      </h2>
      {status === "pending" && (
        <p className={css.why}>
          {t(`orders.exceptions.typeHint.${type}`)}{" "}
          {t(`orders.exceptions.panel.stage.${stageOf(exception.order_status)}`)}
        </p>
      )}
      <dl className={css.facts}>
        <Fact name="GTIN">{exception.original_gtin}</Fact>
        <Fact name="SKU">{exception.original_sku}</Fact>
        <Fact name={t("orders.exceptions.panel.quantity")}>{formatNumber(exception.quantity)}</Fact>
        <Fact name={t("orders.exceptions.panel.price")}>{money(exception.unit_price_cents, exception.currency)}</Fact>
        <Fact name={t("orders.exceptions.panel.order")}>
          <Link to="/orders/$id" params={{ id: exception.order_id }}>
            {orderNumber(exception)}
          </Link>
        </Fact>
        <Fact name={t("orders.exceptions.panel.ordered")}>
          <Time iso={exception.order_date} as="day" />
        </Fact>
        <Fact name={t("orders.exceptions.panel.store")}>{exception.store_name}</Fact>
        {product && <Fact name={t("orders.exceptions.panel.matched")}>{productName(t, product)}</Fact>}
        {resolved_at && (
          <>
            <Fact name={t("orders.exceptions.panel.by")}>
              {exception.resolved_by?.name ?? t("orders.exceptions.panel.automatic")}
            </Fact>
            <Fact name={t("orders.exceptions.panel.at")}>
              <Time iso={resolved_at} as="day" />
            </Fact>
          </>
        )}
        {exception.resolution_notes && (
          <Fact name={t("orders.exceptions.panel.notes")}>{exception.resolution_notes}</Fact>
        )}
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{children ?? "–"}</dd>
    </div>
  );
}
