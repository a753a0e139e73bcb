import "@/features/preferences/texts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import { preferencesQuery } from "@/features/preferences/api";
import css from "@/features/preferences/preferences.module.css";
import { PreferencesForm } from "@/features/preferences/preferences-form";
import { Panel } from "@/ui/page";
import { ErrorState } from "@/ui/page-state";

/** `user`: another person's, for administrators; null: one's own. */
export function PreferencesView({ user }: { user: number | null }) {
  // Asked anew whenever it is opened: a form on an old state would be sent over what changed since.
  const query = useQuery({
    ...preferencesQuery(user),
    gcTime: 0,
    refetchOnReconnect: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const failure = query.data ? null : failureOf(query);
  if (failure) {
    return (
      <Panel>
        <ErrorState error={failure} onRetry={() => void query.refetch()} />
      </Panel>
    );
  }
  if (!query.data) return <Skeleton />;
  return <PreferencesForm key={query.data.user_id} user={user} preferences={query.data} />;
}

const lines = ["import", "sync", "store", "order", "error", "security", "delivery", "silence"];

/** Bones with the cards' geometry. */
function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className={css.columns} role="status" aria-label={t("state.loading")}>
      <div className={css.column} aria-hidden>
        <div className={css.card}>
          {lines.map((line) => (
            <div key={line} className={css.boneLine}>
              <span className="bone" style={{ height: 14, width: "62%" }} />
              <span className="bone" style={{ height: 34 }} />
              <span className="bone" style={{ height: 34 }} />
            </div>
          ))}
        </div>
      </div>
      <div className={css.column} aria-hidden>
        {lines.slice(0, 3).map((line) => (
          <div key={line} className={css.card}>
            <span className="bone" style={{ height: 14, width: "40%", marginBottom: 14 }} />
            <span className="bone" style={{ height: 34 }} />
          </div>
        ))}
      </div>
    </div>
  );
}
