import { type Category, categoryOf } from "@/inbox/messages/wording";

export const channels = ["email", "chat"] as const;
export type Channel = (typeof channels)[number];

interface Group {
  readonly name: "storeJobs" | "orders" | "platform" | "elsewhere" | "others";
  readonly categories: readonly string[];
}

const groups = [
  { name: "storeJobs", categories: ["import_failure", "order_sync_failure", "store_issue"] },
  { name: "orders", categories: ["order_exception"] },
  { name: "platform", categories: ["critical_error", "security_alert", "delivery_failure", "silence_ending"] },
  {
    name: "elsewhere",
    categories: ["security", "performance", "capacity", "integration", "system", "data_quality"],
  },
] as const satisfies readonly { name: Group["name"]; categories: readonly Category[] }[];

/** Those that the server has, in the order of the page; what it has learnt since stands at the end. */
export function groupsOf(matrix: object): readonly Group[] {
  const others = Object.keys(matrix).filter((name) => categoryOf(name) === null);
  return [...groups, { name: "others" as const, categories: others }] // `as`: the literal
    .map(({ name, categories }) => ({ name, categories: categories.filter((category) => category in matrix) }))
    .filter(({ categories }) => categories.length > 0);
}
