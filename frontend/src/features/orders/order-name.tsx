import { useQuery } from "@tanstack/react-query";
import { orderQuery } from "@/features/orders/api";
import { orderNumber } from "@/features/orders/wording";

/** Of an order that its page asks for; nothing is asked for here. */
export default function OrderName({ id }: { id: number }) {
  const { data } = useQuery({ ...orderQuery(id), enabled: false });
  return data ? orderNumber(data) : `#${id}`;
}
