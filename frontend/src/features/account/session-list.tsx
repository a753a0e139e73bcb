import { Button } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { Session } from "@/api/types";
import css from "@/features/account/account.module.css";
import { deviceName } from "@/features/account/device-name";
import { Panel } from "@/ui/page";
import { ErrorState } from "@/ui/page-state";
import { Time } from "@/ui/time";
import { showToast } from "@/ui/toasts";

const sessionsQuery = queryOptions({
  queryKey: ["get", "/api/v1/auth/sessions"],
  queryFn: async ({ signal }) => answered(await client.GET("/api/v1/auth/sessions", { signal })).items,
});

export function SessionList() {
  const { t } = useTranslation();
  const query = useQuery(sessionsQuery);
  return (
    <Panel>
      <div className={css.card}>
        <h2 className={css.title}>{t("account.sessions.title")}</h2>
        <p className={css.intro}>{t("account.sessions.intro")}</p>
        {query.isPending && <span className="bone" style={{ height: 44 }} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        <ul className={css.sessions}>
          {query.data?.map((session) => (
            <SessionLine key={session.id} session={session} />
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function SessionLine({ session }: { session: Session }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: (session_id: number) =>
      client.DELETE("/api/v1/auth/sessions/{session_id}", { params: { path: { session_id } } }),
    onSuccess: () => showToast({ kind: "done", message: t("account.sessions.ended") }),
    onError: (error) => showToast({ kind: "failed", message: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const device = deviceName(session.user_agent) ?? t("account.sessions.unknownDevice");
  const DeviceIcon = /Mobile|Android|iPhone/.test(session.user_agent ?? "") ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li>
      <DeviceIcon size={20} stroke={1.6} aria-hidden />
      <div className={css.device}>
        <b>{device}</b>
        <span>
          {session.address && `${session.address} · `}
          <Time iso={session.last_seen_at} as="ago" />
        </span>
      </div>
      {session.is_current ? (
        <span className={css.current}>{t("account.sessions.current")}</span>
      ) : (
        <Button
          size="compact-sm"
          loading={end.isPending}
          aria-label={t("account.sessions.endNamed", { device })}
          onClick={() => end.mutate(session.id)}
        >
          {t("account.sessions.end")}
        </Button>
      )}
    </li>
  );
}
