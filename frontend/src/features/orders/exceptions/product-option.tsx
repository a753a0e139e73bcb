import { useTranslation } from "react-i18next";
import type { Product, SuggestionReason } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import css from "@/features/orders/exceptions/panel.module.css";
import { money } from "@/features/orders/money";
import { availabilityName, productName } from "@/features/orders/wording";
import { useSingleKeysOn } from "@/keyboard/preference";

export interface Candidate {
  readonly product: Product;
  /** Why it was suggested; what a search found has none. */
  readonly reason?: SuggestionReason;
  readonly score?: number;
}

interface Props {
  candidate: Candidate;
  /** The key that chooses it. */
  digit: string | undefined;
  isChosen: boolean;
  /** Nothing else can be chosen now. */
  isFrozen: boolean;
  onChoose: () => void;
  onEnter: () => void;
}

export function ProductOption({ candidate, digit, isChosen, isFrozen, onChoose, onEnter }: Props) {
  const { t } = useTranslation();
  const hasKeys = useSingleKeysOn();
  const { product, reason } = candidate;
  const details = [
    product.brand,
    product.gtin && `GTIN ${product.gtin}`,
    `SKU ${product.marketplace_product_id}`,
    product.availability && availabilityName(t, product.availability),
  ];
  return (
    <label className={css.option} data-chosen={isChosen || undefined}>
      <input
        type="radio"
        name="product"
        className={css.radio}
        checked={isChosen}
        // Not `disabled`, which would take the focus from what was chosen by key.
        aria-disabled={isFrozen}
        onChange={isFrozen ? undefined : onChoose}
        readOnly={isFrozen}
        onKeyDown={(event) => {
          if (isFrozen && event.key.startsWith("Arrow")) event.preventDefault();
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          if (isFrozen) return;
          // The first Enter chooses what only has the focus.
          if (isChosen) onEnter();
          else onChoose();
        }}
      />
      <span className={css.product}>
        <span className={css.productName}>{productName(t, product)}</span>
        <span className={css.sub}>{details.filter(Boolean).join(" · ")}</span>
        {reason && (
          <span className={css.reason} data-reason={reason}>
            {t(`orders.exceptions.panel.reason.${reason}`)}
            {reason === "name" && candidate.score !== undefined && (
              <> · {t("orders.exceptions.panel.score", { n: formatNumber(Math.round(candidate.score * 100)) })}</>
            )}
          </span>
        )}
      </span>
      <span className={css.price}>{money(product.price_cents, product.currency)}</span>
      {hasKeys && digit && (
        <kbd aria-hidden className={css.digit}>
          {digit}
        </kbd>
      )}
    </label>
  );
}
