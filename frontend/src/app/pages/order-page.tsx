import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { isProblemWith } from "@/api/problem";
import { NotFoundPage } from "@/app/not-found-page";
import { orderQuery } from "@/features/orders/api";
import { OrderView } from "@/features/orders/order-view";

const route = getRouteApi("/app/orders/$id");

export function OrderPage() {
  const { id } = route.useParams();
  return id === 0 ? <NotFoundPage /> : <OrderOf key={id} id={id} />;
}

function OrderOf({ id }: { id: number }) {
  const { data, error } = useQuery(orderQuery(id));
  return !data && isProblemWith(error, 404) ? <NotFoundPage /> : <OrderView id={id} />;
}
