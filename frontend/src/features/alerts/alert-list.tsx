import { IconShieldCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Alert } from "@/api/types";
import { AlertRow, type AlertRowActions } from "@/features/alerts/alert-row";
import type { AlertListState } from "@/features/alerts/use-alert-list";
import { InboxList } from "@/inbox/inbox-list";
import { NothingListed } from "@/inbox/nothing-listed";
import type { InboxSearch } from "@/inbox/search";
import type { Selection } from "@/inbox/use-selection";

interface Props {
  list: AlertListState;
  cursorId: number | null;
  selection: Selection;
  actions: AlertRowActions;
  onClear: (() => void) | undefined;
}

const timeOf = (item: Alert) => item.last_occurred_at;

export function AlertList({ list: { items, query, status }, cursorId, selection, actions, onClear }: Props) {
  return (
    <InboxList
      items={items}
      query={query}
      timeOf={timeOf}
      cursorId={cursorId}
      empty={<NoAlerts status={status} onClear={onClear} />}
      renderRow={(item) => (
        <AlertRow alert={item} isCursor={item.id === cursorId} isSelected={selection.has(item.id)} actions={actions} />
      )}
    />
  );
}

function NoAlerts({ status, onClear }: { status: InboxSearch["status"]; onClear: (() => void) | undefined }) {
  const { t } = useTranslation();
  const icon = IconShieldCheck;
  return (
    <NothingListed
      isSnoozed={status === "snoozed"}
      quiet={{ icon, title: t("alerts.empty"), body: t("alerts.emptyBody") }}
      settled={status === "active" && { icon, title: t("alerts.emptyActive"), body: t("alerts.emptyActiveBody") }}
      onClear={onClear}
    />
  );
}
