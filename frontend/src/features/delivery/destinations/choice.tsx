import { Segments } from "@/filters/segments";
import css from "@/ui/dialog.module.css";
import { readChoice } from "@/url/read-search";

interface Props<Value extends string> {
  label: string;
  values: readonly Value[];
  selected: Value;
  nameOf: (value: Value) => string;
  onChange: (value: Value) => void;
}

/** One of a few, side by side. */
export function Choice<Value extends string>({ label, values, selected, nameOf, onChange }: Props<Value>) {
  return (
    <div>
      <p className={css.label}>{label}</p>
      <Segments
        filter={{
          label,
          selected,
          options: values.map((value) => ({ value, label: nameOf(value) })),
          onChange: (chosen) => onChange(readChoice(chosen, values) ?? selected),
        }}
      />
    </div>
  );
}
