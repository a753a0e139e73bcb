import type { ReactNode } from "react";
import type { PageName } from "@/app/shell/navigation";
import { lazyExtra } from "@/ui/part";
import { readId } from "@/url/read-search";

const numbered = ({ id }: { id: number }) => `#${id}`;

/** With their pages: the first load has no room for them. */
const names: { readonly [page in PageName]?: (props: { id: number }) => ReactNode } = {
  stores: lazyExtra(() => import("@/features/stores/store-name"), numbered),
  merchants: lazyExtra(() => import("@/features/merchants/merchant-name"), numbered),
  orders: lazyExtra(() => import("@/features/orders/order-name"), numbered),
  letzshop: lazyExtra(() => import("@/features/letzshop/run-name"), numbered),
};

/** What the record on a page is called; its number as long as nothing else is known. */
export function RecordName({ page, text }: { page: PageName; text: string }) {
  const Name = names[page];
  const id = readId(text);
  if (!Name || id === undefined) return `#${text}`;
  return <Name key={id} id={id} />;
}
