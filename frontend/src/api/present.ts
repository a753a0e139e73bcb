type Present<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

/** A query without its unset parts: an empty `?q=` would ask for an empty text. */
export function present<T extends object>(query: T): Present<T> {
  const set = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  // `as`: entries lose the keys' types; nothing but null and undefined was taken away.
  return Object.fromEntries(set) as Present<T>;
}
