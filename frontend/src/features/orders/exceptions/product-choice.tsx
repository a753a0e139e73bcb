import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import type { OrderException, Product } from "@/api/types";
import { productsQuery, suggestionsQuery } from "@/features/orders/exceptions/api";
import css from "@/features/orders/exceptions/panel.module.css";
import { type Candidate, ProductOption } from "@/features/orders/exceptions/product-option";
import { SearchField } from "@/filters/search-field";
import { useDialogKeys } from "@/keyboard/use-keys";
import { ErrorState } from "@/ui/page-state";

interface Props {
  exception: OrderException;
  chosen: Product | null;
  /** Nothing else can be chosen now. */
  isFrozen: boolean;
  /** Nothing here can be reached: something else is asked. */
  isInert: boolean;
  onChoose: (product: Product) => void;
  /** Enter on what is chosen. */
  onEnter: () => void;
}

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** What the server suggests, or what a search finds; a number key chooses, as a click does. */
export function ProductChoice({ exception, chosen, isFrozen, isInert, onChoose, onEnter }: Props) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement | null>(null);
  const { query, candidates } = useCandidates(exception, q, chosen);

  const choose = (at: number) => {
    const candidate = candidates[at];
    if (!candidate || isFrozen) return;
    onChoose(candidate.product);
    list.current?.querySelectorAll("input")[at]?.focus();
  };
  useDialogKeys({
    ...Object.fromEntries(digits.map((digit, at) => [digit, () => choose(at)])),
    "/": isInert ? undefined : () => search.current?.focus(),
  });
  const leaveSearch = () => {
    const options = [...(list.current?.querySelectorAll("input") ?? [])];
    const target = options.find(({ checked }) => checked) ?? options[0];
    // Without any option it is the panel itself, where keys work.
    (target ?? search.current?.closest<HTMLElement>('[role="dialog"]'))?.focus();
  };

  const failure = query.data ? null : failureOf(query);
  return (
    <section className={css.choice} inert={isInert} aria-label={t("orders.exceptions.panel.which")}>
      <h3 className={css.sectionTitle}>{t("orders.exceptions.panel.which")}</h3>
      <SearchField
        label={t("orders.exceptions.panel.search")}
        value={q}
        onChange={setQ}
        onLeave={leaveSearch}
        inputRef={(field) => {
          search.current = field;
          // Escape leaves the search, not the panel.
          field?.setAttribute("data-mantine-stop-propagation", "true");
        }}
      />
      {failure ? <ErrorState error={failure} onRetry={() => void query.refetch()} /> : null}
      {query.isPending && !failure && <OptionBones />}
      {query.data && candidates.length === 0 && (
        <p className={css.nothing} role="status">
          {q === "" ? t("orders.exceptions.panel.noSuggestions") : t("orders.exceptions.panel.nothingFound", { q })}
        </p>
      )}
      {candidates.length > 0 && (
        <div
          ref={list}
          role="radiogroup"
          className={css.options}
          aria-label={q === "" ? t("orders.exceptions.panel.suggestions") : t("orders.exceptions.panel.found")}
        >
          {candidates.map((candidate, at) => (
            <ProductOption
              key={candidate.product.id}
              candidate={candidate}
              digit={digits[at]}
              isChosen={candidate.product.id === chosen?.id}
              isFrozen={isFrozen}
              onChoose={() => onChoose(candidate.product)}
              onEnter={onEnter}
            />
          ))}
        </div>
      )}
    </section>
  );
}

/** What is chosen stays in sight, also when the list is another one. */
function useCandidates(exception: OrderException, q: string, chosen: Product | null) {
  const suggestions = useQuery(suggestionsQuery(exception.id));
  const found = useQuery(productsQuery(exception.store_id, q));
  const query = q === "" ? suggestions : found;
  const listed: readonly Candidate[] =
    q === "" ? (suggestions.data ?? []) : (found.data ?? []).map((product) => ({ product }));
  const isElsewhere = chosen !== null && query.data && !listed.some(({ product }) => product.id === chosen.id);
  return { query, candidates: isElsewhere ? [...listed, { product: chosen }] : listed };
}

function OptionBones() {
  const { t } = useTranslation();
  return (
    <div className={css.options} role="status" aria-label={t("state.loading")}>
      {[72, 58, 64].map((width) => (
        <div key={width} className={css.option}>
          <span className="bone" style={{ width: `${width}%`, height: 12 }} />
        </div>
      ))}
    </div>
  );
}
