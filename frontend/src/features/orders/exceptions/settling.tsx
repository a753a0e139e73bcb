import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblemWith } from "@/api/problem";
import type { OrderException, Product } from "@/api/types";
import { resolveAll, resolveException } from "@/features/orders/exceptions/api";
import { listedAlike, takeOut } from "@/features/orders/exceptions/cache";
import { IgnoreForm } from "@/features/orders/exceptions/ignore-form";
import { exceptionKeys } from "@/features/orders/exceptions/keys";
import { ProductChoice } from "@/features/orders/exceptions/product-choice";
import { ResolveButtons } from "@/features/orders/exceptions/resolve-buttons";
import { useFocusBack } from "@/features/orders/exceptions/use-focus-back";
import { productName } from "@/features/orders/wording";
import { useDialogKeys } from "@/keyboard/use-keys";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

interface Props {
  exception: OrderException;
  isIgnoring: boolean;
  onIgnoring: (isIgnoring: boolean) => void;
  onSettled: (ids: readonly number[]) => void;
}

/** Choose a product, for this one or for all with its GTIN; or say why none is needed. */
export function Settling({ exception, isIgnoring, onIgnoring, onSettled }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [product, setProduct] = useState<Product | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const form = useForm({ initialValues: { product_id: 0, gtin: exception.original_gtin ?? "", isForAll: false } });
  const ignoreButton = useFocusBack(isIgnoring);

  const done = (ids: readonly number[], message: string) => {
    takeOut(queryClient, ids);
    showToast({ kind: "done", message });
    onSettled(ids);
  };
  const submission = useSubmit(form, {
    send: async ({ product_id, gtin, isForAll }) => {
      try {
        if (isForAll) return (await resolveAll(gtin, product_id)).resolved_count;
        return await resolveException(exception.id, product_id);
      } catch (error) {
        // Somebody was faster: the panel then shows how.
        if (isProblemWith(error, 409))
          void queryClient.invalidateQueries({ queryKey: exceptionKeys.detail(exception.id) });
        throw error;
      }
    },
    onDone: (answer) => {
      if (typeof answer === "number") {
        done(listedAlike(queryClient, exception), t("orders.exceptions.panel.matchedAll", { count: answer }));
        return;
      }
      queryClient.setQueryData(exceptionKeys.detail(answer.id), answer);
      const matched = answer.resolved_product;
      const name = matched ? productName(t, matched) : "";
      done([answer.id], t("orders.exceptions.panel.matchedToast", { product: name }));
    },
  });
  const { isBusy } = submission;
  // What is asked about, or on its way, stays what was chosen.
  const isFrozen = isAsking || isBusy;
  useDialogKeys({ i: isFrozen ? undefined : () => onIgnoring(true) });

  const choose = (chosen: Product) => {
    if (isFrozen) return;
    setProduct(chosen);
    form.clearErrors();
    form.setFieldValue("product_id", chosen.id);
  };
  const submit = (isForAll: boolean) => {
    if (product === null || isBusy) return;
    form.setFieldValue("isForAll", isForAll);
    submission.onSubmit();
  };

  if (isIgnoring) {
    return (
      <IgnoreForm
        exception={exception}
        onCancel={() => onIgnoring(false)}
        onIgnored={(answer) => {
          queryClient.setQueryData(exceptionKeys.detail(answer.id), answer);
          done([answer.id], t("orders.exceptions.panel.ignoredToast"));
        }}
      />
    );
  }
  return (
    <>
      <ProductChoice
        exception={exception}
        chosen={product}
        isFrozen={isFrozen}
        isInert={isAsking}
        onChoose={choose}
        onEnter={() => submit(false)}
      />
      <ResolveButtons
        exception={exception}
        product={product}
        problem={form.errors["product_id"] ?? form.errors["gtin"] ?? submission.problem}
        isBusy={isBusy}
        isAsking={isAsking}
        onAsking={setIsAsking}
        onResolve={submit}
        ignoreButton={ignoreButton}
        onIgnore={() => onIgnoring(true)}
      />
    </>
  );
}
