import { getRouteApi } from "@tanstack/react-router";
import { NotFoundPage } from "@/app/not-found-page";
import { RunView } from "@/features/letzshop/run-view";

const route = getRouteApi("/app/letzshop/runs/$id");

export function LetzshopRunPage() {
  const { id } = route.useParams();
  return id === 0 ? <NotFoundPage /> : <RunView key={id} id={id} />;
}
