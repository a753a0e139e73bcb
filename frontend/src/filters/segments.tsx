import { UnstyledButton } from "@mantine/core";
import type { SegmentFilter } from "@/filters/filter";
import css from "@/filters/filter.module.css";

export function Segments({ filter }: { filter: SegmentFilter }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's box cannot be a flex row in every browser
    <div className={css.segments} role="group" aria-label={filter.label}>
      {filter.options.map(({ value, label }) => (
        <UnstyledButton
          key={value}
          className={css.segment}
          aria-pressed={filter.selected === value}
          onClick={() => filter.onChange(value)}
        >
          {label}
        </UnstyledButton>
      ))}
    </div>
  );
}
