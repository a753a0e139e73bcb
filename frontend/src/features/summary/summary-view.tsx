import { IconMoonStars } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import { clockTime, shortDate } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { isQuiet, summaryQuery } from "@/features/summary/api";
import type { Period } from "@/features/summary/search";
import { StoreSummarySection } from "@/features/summary/store-summary";
import css from "@/features/summary/summary.module.css";
import { SummaryCounts } from "@/features/summary/summary-counts";
import { EmptyState, ErrorState } from "@/ui/page-state";

/** All that happened in a period, or since an instant; for a panel that the page brings. */
export function SummaryView({ since }: { since: Period | number }) {
  const { t } = useTranslation();
  const now = useNow();
  const query = useQuery({ ...summaryQuery(since), refetchInterval: 60_000 });
  const { data } = query;
  const instant = (iso: string) => `${shortDate(iso, now)} ${clockTime(iso)}`;
  const failure = data ? null : failureOf(query);
  if (failure) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  if (!data) return <Bones />;
  return (
    <>
      <div className={css.head}>
        <p className="num">{t("summary.range", { from: instant(data.from), to: instant(data.to) })}</p>
        <SummaryCounts summary={data} />
      </div>
      {isQuiet(data) ? (
        <EmptyState icon={IconMoonStars} title={t("summary.empty")} body={t("summary.emptyBody")} />
      ) : (
        <div className={css.page}>
          {data.stores.map((store) => (
            <StoreSummarySection key={store.store_id} store={store} most={Number.POSITIVE_INFINITY} />
          ))}
        </div>
      )}
    </>
  );
}

function Bones() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")}>
      <div className={css.head} aria-hidden>
        <span className="bone" style={{ width: 260, height: 12 }} />
      </div>
      <div className={css.page} aria-hidden>
        {[3, 2, 2].map((rows, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bones are all alike
          <div key={at} className={css.store}>
            <span className="bone" style={{ width: 150, height: 14 }} />
            {Array.from({ length: rows }, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: bones are all alike
              <div key={row} className={css.item}>
                <span className="bone" style={{ width: 74, height: 22 }} />
                <span className="bone" style={{ width: `${62 - row * 9}%`, height: 12 }} />
                <span className="bone" style={{ width: 64, height: 10 }} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
