import "@/features/imports/texts";
import "@/directory/texts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { failureOf, isProblemWith } from "@/api/problem";
import { NotFoundPage } from "@/app/not-found-page";
import { MerchantView } from "@/app/pages/merchant-page-view";
import { merchantQuery } from "@/features/merchants/api";
import { ErrorState } from "@/ui/page-state";
import { RecordBones } from "@/ui/record-bones";
import { usePageTitle } from "@/ui/use-page-title";

const route = getRouteApi("/app/merchants/$id");

export function MerchantPage() {
  const { id } = route.useParams();
  return id === 0 ? <NotFoundPage /> : <MerchantOf key={id} id={id} />;
}

function MerchantOf({ id }: { id: number }) {
  const { t } = useTranslation();
  const query = useQuery(merchantQuery(id));
  usePageTitle(query.data?.name ?? t("directory.merchants.page"));
  if (query.data) return <MerchantView merchant={query.data} />;
  const failure = failureOf(query);
  if (isProblemWith(failure, 404)) return <NotFoundPage />;
  if (failure) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  return <RecordBones />;
}
