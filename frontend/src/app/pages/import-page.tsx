import { getRouteApi } from "@tanstack/react-router";
import { NotFoundPage } from "@/app/not-found-page";
import { ImportJobView } from "@/features/imports/import-job";

const route = getRouteApi("/app/imports/$id");

export function ImportPage() {
  const { id } = route.useParams();
  return id === 0 ? <NotFoundPage /> : <ImportJobView key={id} id={id} />;
}
