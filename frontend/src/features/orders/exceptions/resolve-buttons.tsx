import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FocusEvent, type ReactNode, type Ref, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { OrderException, Product } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { sameGtinQuery } from "@/features/orders/exceptions/api";
import css from "@/features/orders/exceptions/panel.module.css";
import { useFocusBack } from "@/features/orders/exceptions/use-focus-back";
import { productDetails, productName } from "@/features/orders/wording";
import { useSingleKeysOn } from "@/keyboard/preference";
import { useDialogKeys } from "@/keyboard/use-keys";

interface Props {
  exception: OrderException;
  product: Product | null;
  /** What the server said against it. */
  problem: ReactNode;
  isBusy: boolean;
  /** Whether it is asked if all with this GTIN are meant. */
  isAsking: boolean;
  onAsking: (isAsking: boolean) => void;
  onResolve: (isForAll: boolean) => void;
  ignoreButton: Ref<HTMLButtonElement>;
  onIgnore: () => void;
}

export function ResolveButtons({ exception, product, problem, isBusy, isAsking, onAsking, ...actions }: Props) {
  const { t } = useTranslation();
  const hasKeys = useSingleKeysOn();
  const { onResolve, ignoreButton, onIgnore } = actions;
  const allButton = useFocusBack(isAsking);
  const { data: same } = useQuery(sameGtinQuery(exception));
  const canResolveAll = product !== null && same !== undefined && same.count > 1;
  const n = same ? `${formatNumber(same.count)}${same.hasMore ? "+" : ""}` : "";
  useDialogKeys({ a: canResolveAll && !isBusy ? () => onAsking(true) : undefined });
  // Others have settled the rest meanwhile: there is nothing to ask any more.
  useEffect(() => {
    if (isAsking && !canResolveAll) onAsking(false);
  }, [isAsking, canResolveAll, onAsking]);

  return (
    <div className={css.footer}>
      <div role="alert">{problem && <p className={css.problem}>{problem}</p>}</div>
      {canResolveAll && isAsking ? (
        <Question
          text={t("orders.exceptions.panel.askAll", {
            n,
            gtin: exception.original_gtin ?? "",
            store: exception.store_name,
            product: productName(t, product),
            details: productDetails(product),
          })}
          confirm={t("orders.exceptions.panel.confirmAll", { n })}
          isBusy={isBusy}
          onConfirm={() => onResolve(true)}
          onCancel={() => onAsking(false)}
        />
      ) : (
        <div className={css.buttons}>
          <Button
            variant="filled"
            leftSection={<IconCircleCheck size={17} />}
            rightSection={hasKeys && product && <kbd>Enter</kbd>}
            disabled={product === null}
            title={product === null ? t("orders.exceptions.panel.choose") : undefined}
            loading={isBusy}
            onClick={() => onResolve(false)}
          >
            {t("orders.exceptions.panel.resolve")}
          </Button>
          {canResolveAll && (
            <Button
              ref={allButton}
              rightSection={hasKeys && <kbd>A</kbd>}
              disabled={isBusy}
              onClick={() => onAsking(true)}
            >
              {t("orders.exceptions.panel.resolveAll", { n })}
            </Button>
          )}
          <Button
            ref={ignoreButton}
            variant="subtle"
            rightSection={hasKeys && <kbd>I</kbd>}
            disabled={isBusy}
            onClick={onIgnore}
          >
            {t("orders.exceptions.panel.ignore")}
          </Button>
        </div>
      )}
    </div>
  );
}

interface QuestionProps {
  text: string;
  confirm: string;
  isBusy: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** In the panel itself: a dialog over it would take Escape from both. */
function Question({ text, confirm, isBusy, onConfirm, onCancel }: QuestionProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, this asks before it acts
    <div
      role="group"
      aria-label={text}
      className={css.question}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !isBusy) onCancel();
      }}
      onBlur={keepFocus}
    >
      <p>{text}</p>
      <div className={css.buttons}>
        <Button
          variant="filled"
          loading={isBusy}
          ref={focusOnce}
          data-mantine-stop-propagation="true"
          onClick={onConfirm}
        >
          {confirm}
        </Button>
        <Button data-mantine-stop-propagation="true" disabled={isBusy} onClick={onCancel}>
          {t("action.cancel")}
        </Button>
      </div>
    </div>
  );
}

/** A click beside the question leaves the focus in it: Escape would close the whole panel. */
function keepFocus({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void {
  const isNowhere = relatedTarget === null || (relatedTarget instanceof Element && relatedTarget.role === "dialog");
  if (isNowhere && document.hasFocus()) currentTarget.querySelector("button")?.focus({ preventScroll: true });
}

/** The same function at every render: React calls it when the button comes, not again. */
function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus({ preventScroll: true });
}
