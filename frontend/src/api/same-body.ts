import { hashKey } from "@tanstack/react-query";

/** Whether both would be sent as the same JSON, in whatever order their keys stand. */
export function isSameBody(one: object, other: object): boolean {
  return hashKey([one]) === hashKey([other]);
}

/**
 * What came, but where something else was typed since `before`: objects part by part, lists as a whole, for two lists
 * that grew cannot be told apart line by line.
 */
export function withEdits<T>(typed: T, before: T, came: T): T {
  if (isSame(typed, before)) return came;
  if (!isRecord(typed) || !isRecord(before) || !isRecord(came)) return typed;
  const names = [...new Set([...Object.keys(came), ...Object.keys(typed)])];
  // `as`: entries lose the keys' types; each part is one of the three.
  return Object.fromEntries(names.map((name) => [name, withEdits(typed[name], before[name], came[name])])) as T;
}

function isSame(one: unknown, other: unknown): boolean {
  return Object.is(one, other) || (isObject(one) && isObject(other) && isSameBody(one, other));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
