/** A filter as data: the wide page shows it as a menu, the narrow one as a list in the sheet. */
export interface ChoiceFilter {
  readonly key: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly selected: readonly string[];
  readonly isSingle?: boolean;
  /** What the search among many options is called, where they are no stores; null: they are never searched. */
  readonly find?: { readonly label: string; readonly none: string } | null;
  readonly source?: OptionSource | undefined;
  readonly onChange: (selected: string[]) => void;
}

/** Where options come from that are asked for. */
export interface OptionSource {
  readonly isPending: boolean;
  /** Why they are not all there; null when nothing went wrong. */
  readonly error: Error | null;
  readonly onRetry: () => void;
  /** Set when there are more than are listed: the word is looked for among all. */
  readonly onFind?: ((word: string) => void) | undefined;
}

export interface SegmentFilter {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly selected: string;
  readonly onChange: (value: string) => void;
}

export interface DateRangeFilter {
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly onChange: (range: { since: string | undefined; until: string | undefined }) => void;
}

export interface TextFilter {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** All that limits a list. */
export interface Filters {
  /** Lists whose words are not searched have none. */
  readonly search?: TextFilter | undefined;
  readonly segments: SegmentFilter;
  readonly choices: readonly ChoiceFilter[];
  /** Lists that are not ordered by time have none. */
  readonly range?: DateRangeFilter | undefined;
  readonly onClear: (() => void) | undefined;
}

export function toggled(filter: ChoiceFilter, value: string): string[] {
  if (filter.selected.includes(value)) return filter.selected.filter((each) => each !== value);
  return filter.isSingle ? [value] : [...filter.selected, value];
}
