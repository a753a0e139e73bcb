/** Readers of raw search parameters: a value that is not understood is dropped, never an error. */

export function readText(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim() : undefined;
  return text === "" ? undefined : text;
}

export function readChoice<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}

export function readChoices<T extends string>(value: unknown, choices: readonly T[]): T[] | undefined {
  const wanted = listOf(value);
  return orUndefined(choices.filter((choice) => wanted.includes(choice)));
}

export function readId(value: unknown): number | undefined {
  const id =
    typeof value === "number" ? value : typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : 0;
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

export function readIds(value: unknown): number[] | undefined {
  return orUndefined([...new Set(listOf(value).map(readId))].filter((id) => id !== undefined));
}

export function readBoolean(value: unknown): boolean | undefined {
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : undefined;
}

/** A calendar day, YYYY-MM-DD, that exists. */
export function readDay(value: unknown): string | undefined {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function orUndefined<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items;
}
