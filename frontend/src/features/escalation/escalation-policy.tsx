import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import { escalationQuery } from "@/features/escalation/api";
import css from "@/features/escalation/escalation.module.css";
import { PolicyView } from "@/features/escalation/policy-view";
import { useCan } from "@/session/current-user";
import { ErrorState } from "@/ui/page-state";
import { lazyPart } from "@/ui/part";

const PolicyEditor = lazyPart(
  () => import("@/features/escalation/policy-editor"),
  () => <StepBones />,
);

/** For a panel that the page brings: administrators change it, others read it. */
export function EscalationPolicy() {
  const canManage = useCan("manage");
  // Asked anew whenever it is opened: a form on an old state would be sent over a colleague's change.
  const query = useQuery({
    ...escalationQuery,
    gcTime: 0,
    refetchOnReconnect: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const failure = query.data ? null : failureOf(query);
  if (failure) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  if (!query.data) return <StepBones />;
  if (!canManage) return <PolicyView policy={query.data} />;
  return <PolicyEditor policy={query.data} />;
}

function StepBones() {
  const { t } = useTranslation();
  return (
    <div className={css.view} role="status" aria-label={t("state.loading")}>
      <span className="bone" style={{ width: "52%", height: 12 }} />
      <div className={css.steps}>
        {[74, 66].map((width) => (
          <div key={width} className={css.step}>
            <span className={`bone ${css.number}`} />
            <span className="bone" style={{ width: `${width}%`, height: 14 }} />
          </div>
        ))}
      </div>
    </div>
  );
}
