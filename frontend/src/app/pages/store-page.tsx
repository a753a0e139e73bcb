import "@/directory/texts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { failureOf, isProblemWith } from "@/api/problem";
import { NotFoundPage } from "@/app/not-found-page";
import { StoreView } from "@/app/pages/store-page-view";
import { storeQuery } from "@/features/stores/api";
import { ErrorState } from "@/ui/page-state";
import { RecordBones } from "@/ui/record-bones";
import { usePageTitle } from "@/ui/use-page-title";

const route = getRouteApi("/app/stores/$id");

export function StorePage() {
  const { id } = route.useParams();
  return id === 0 ? <NotFoundPage /> : <StoreOf key={id} id={id} />;
}

function StoreOf({ id }: { id: number }) {
  const { t } = useTranslation();
  const query = useQuery(storeQuery(id));
  usePageTitle(query.data?.name ?? t("directory.stores.page"));
  if (query.data) return <StoreView store={query.data} />;
  const failure = failureOf(query);
  if (isProblemWith(failure, 404)) return <NotFoundPage />;
  if (failure) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  return <RecordBones hasStrip />;
}
