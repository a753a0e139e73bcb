type Changes<Wanted> = { [Key in keyof Wanted]?: Exclude<Wanted[Key], undefined> };

/**
 * The wanted values that differ from what is: a PATCH of nothing else overwrites nobody's other change.
 * What is undefined is left alone.
 */
export function changesOf<T extends object, Wanted extends Partial<Record<keyof T, unknown>>>(
  current: T,
  wanted: Wanted,
): Changes<Wanted> {
  const before: Partial<Record<PropertyKey, unknown>> = current;
  const changed = Object.entries(wanted).filter(([name, value]) => value !== undefined && value !== before[name]);
  // `as`: entries lose the keys' types; those that are left are of `Wanted`.
  return Object.fromEntries(changed) as Changes<Wanted>;
}

/** An emptied field takes its value away. */
export function textOrNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}
