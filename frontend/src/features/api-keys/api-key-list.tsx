import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiKey } from "@/api/types";
import { useNow } from "@/display/use-now";
import { apiKeysQuery } from "@/features/api-keys/api";
import { CardTable } from "@/ui/card-table";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";
import { lazyDialog } from "@/ui/part";
import badge from "@/ui/status-badge.module.css";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

const RevokeKey = lazyDialog(() => import("@/features/api-keys/revoke-key"));

export function ApiKeyList({ createButton }: { createButton: ReactNode }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(apiKeysQuery);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <>
      <PagedPanel
        label={t("administration.keys.title")}
        query={query}
        columns={6}
        empty={
          <EmptyState
            icon={IconKey}
            title={t("administration.keys.empty")}
            body={t("administration.keys.emptyBody")}
            action={createButton}
          />
        }
      >
        {(keys) => <KeyTable keys={keys} onRevoke={setRevoking} />}
      </PagedPanel>
      {revoking && <RevokeKey apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function KeyTable({ keys, onRevoke }: { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("administration.keys.name")}</th>
          <th>{t("administration.jobs.status")}</th>
          <th>{t("administration.keys.role")}</th>
          <th>{t("administration.keys.lastUsed")}</th>
          <th>{t("administration.keys.expires")}</th>
          <th aria-label={t("shell.palette.actions")} />
        </>
      }
    >
      {keys.map((key) => (
        <KeyLine key={key.id} apiKey={key} onRevoke={() => onRevoke(key)} />
      ))}
    </CardTable>
  );
}

function KeyLine({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { t } = useTranslation();
  const state = useKeyState(apiKey);
  return (
    <tr>
      <td>
        <span className={table.strong}>{apiKey.name}</span>{" "}
        <span className={`${table.code} ${table.quiet}`}>…{apiKey.last_four}</span>
      </td>
      <td>
        <span className={badge.badge} data-tone={state === "active" ? "good" : "quiet"}>
          {t(`administration.keys.state.${state}`)}
        </span>
      </td>
      <td>{t(`shell.role.${apiKey.role}`)}</td>
      <td className={table.quiet}>
        {apiKey.last_used_at ? <Time iso={apiKey.last_used_at} as="ago" /> : t("administration.keys.neverUsed")}
      </td>
      <td className={`${table.quiet} ${table.dropped}`}>
        {apiKey.expires_at ? <Time iso={apiKey.expires_at} as="day" /> : t("administration.keys.never")}
      </td>
      <td className={table.number}>
        {state === "active" && (
          <Button
            size="compact-sm"
            aria-label={t("administration.keys.revokeNamed", { name: apiKey.name })}
            onClick={onRevoke}
          >
            {t("administration.keys.revoke")}
          </Button>
        )}
      </td>
    </tr>
  );
}

function useKeyState({ revoked_at, expires_at }: ApiKey): "active" | "revoked" | "expired" {
  const now = useNow();
  if (revoked_at) return "revoked";
  return expires_at && Date.parse(expires_at) <= now.getTime() ? "expired" : "active";
}
