/**
 * The address bar's own notation: `?priority=high&priority=critical`, readable and made by hand by anyone,
 * in place of the router's JSON. Each route's `validateSearch` turns the texts into types and drops the unknown.
 */
export type RawSearch = Record<string, string | string[]>;

export function parseSearch(search: string): RawSearch {
  const params = new URLSearchParams(search);
  const raw: RawSearch = {};
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key);
    raw[key] = values.length > 1 ? values : (values[0] ?? "");
  }
  return raw;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === "") continue;
    for (const item of Array.isArray(value) ? value : [value]) params.append(key, String(item));
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
