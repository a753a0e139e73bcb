/** What the event stream says: never data to show, only what to ask again, and the badge's count. */
export const hintNames = [
  "resync",
  "notification.created",
  "notification.changed",
  "alert.changed",
  "action.changed",
  "import.progress",
  "letzshop.run",
  "order.changed",
  "order_exception.changed",
] as const;
export type HintName = (typeof hintNames)[number];

export interface Hint {
  readonly name: HintName;
  /** null: more than one thing changed. */
  readonly id: number | null;
  readonly unreadCount: number | null;
}

export function readHint(name: HintName, data: string): Hint {
  let body: unknown = null;
  try {
    body = JSON.parse(data);
  } catch {
    // A hint without a readable body still says that something changed.
  }
  const field = (key: string): number | null => {
    const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, key) : null;
    return typeof value === "number" ? value : null;
  };
  return { name, id: field("id"), unreadCount: field("unread_count") };
}
