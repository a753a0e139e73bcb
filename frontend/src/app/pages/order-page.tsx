import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { isProblemWith } from "@/api/problem";
import { NotFoundPage } from "@/app/not-found-page";
import { orderQuery } from "@/features/orders/api";
import { OrderView } from "@/features/orders/order-view";
import type { OrderDialog } from "@/features/orders/search";
import { dialogStep } from "@/url/dialog-step";

const route = getRouteApi("/app/orders/$id");

export function OrderPage() {
  const { id } = route.useParams();
  return id === 0 ? <NotFoundPage /> : <OrderOf key={id} id={id} />;
}

function OrderOf({ id }: { id: number }) {
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error } = useQuery(orderQuery(id));
  if (!data && isProblemWith(error, 404)) return <NotFoundPage />;
  const goTo = (dialog: OrderDialog | undefined) =>
    void navigate({ search: { open: dialog }, ...dialogStep(dialog !== undefined) });
  return <OrderView id={id} open={open} onOpen={goTo} />;
}
