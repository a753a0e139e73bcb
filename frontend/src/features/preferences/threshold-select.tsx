import type { ChangeEvent, ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import type { Threshold } from "@/api/types";
import { heard, priorities, readThreshold, thresholds } from "@/features/preferences/threshold";
import css from "@/features/preferences/threshold-select.module.css";

interface Props extends Omit<ComponentProps<"select">, "value" | "onChange"> {
  value: Threshold;
  onChange: (value: Threshold) => void;
  error?: string | undefined;
}

/** From which priority on: four bars, lit for what gets through, and the words. */
export function ThresholdSelect({ value, onChange, error, id, "aria-describedby": hint, ...select }: Props) {
  const { t } = useTranslation();
  const errorId = error ? `${id}-error` : undefined;
  const change = (event: ChangeEvent<HTMLSelectElement>) => onChange(readThreshold(event.currentTarget.value));
  const lit = heard(value);
  return (
    <span className={css.field}>
      <span className={css.box} data-never={value === "never" || undefined} data-bad={error ? true : undefined}>
        <span className={css.bars} aria-hidden>
          {priorities.map((priority) => (
            <span key={priority} data-level={priority} data-lit={lit.includes(priority) || undefined} />
          ))}
        </span>
        <select
          {...select}
          id={id}
          className={css.select}
          value={value}
          onChange={change}
          aria-invalid={error ? true : undefined}
          aria-describedby={errorId ?? hint}
        >
          {thresholds.map((threshold) => (
            <option key={threshold} value={threshold}>
              {t(`preferences.threshold.${threshold}`)}
            </option>
          ))}
        </select>
      </span>
      {error && (
        <span id={errorId} className={css.error}>
          {error}
        </span>
      )}
    </span>
  );
}
