import { type ImportsSearch, readImportsSearch } from "@/features/imports/search";
import { type OrdersSearch, readOrdersSearch } from "@/features/orders/search";
import { type InboxSearch, readInboxSearch } from "@/inbox/search";
import { readBoolean, readId, readText } from "@/url/read-search";

type InboxFilters = Omit<InboxSearch, "tab" | "status" | "store" | "alert" | "create">;

/** The address of a store's page: the tab, that tab's filters, and what is open over it. */
export interface StoreSearch extends InboxFilters {
  /** The overview when it is none that the page has. */
  tab?: string | undefined;
  status?: InboxSearch["status"] | ImportsSearch["status"] | OrdersSearch["status"];
  channel?: OrdersSearch["channel"];
  exceptions?: OrdersSearch["exceptions"];
  /** The alert whose drawer is open. */
  alert?: number | undefined;
  edit?: boolean | undefined;
  /** The dialog for a new import is open. */
  start?: boolean | undefined;
  /** The dialog of the connection to Letzshop is open. */
  connect?: boolean | undefined;
  /** The dialog for a new domain is open. */
  add?: boolean | undefined;
}

export function readStoreSearch(raw: Record<string, unknown>): StoreSearch {
  const open = {
    tab: readText(raw["tab"]),
    alert: readId(raw["alert"]),
    edit: readBoolean(raw["edit"]) || undefined,
    start: readBoolean(raw["start"]) || undefined,
    connect: readBoolean(raw["connect"]) || undefined,
    add: readBoolean(raw["add"]) || undefined,
  };
  if (open.tab === "imports") return { ...open, status: readImportsSearch(raw).status };
  if (open.tab === "orders") return { ...open, ...ordersOfStore(readOrdersSearch(raw)) };
  if (open.tab !== "notifications" && open.tab !== "alerts") return open;
  return { ...withoutStore(readInboxSearch(raw)), ...open };
}

export function ordersOfStore({ store, ...filters }: OrdersSearch): StoreSearch {
  return filters;
}

/** What the inbox's lists keep in this address: the store is the page's own. */
export function withoutStore({ store, create, tab, ...filters }: InboxSearch): StoreSearch {
  return filters;
}
