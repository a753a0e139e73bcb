import { IconChecks } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { OrderException } from "@/api/types";
import { ExceptionRow, type ExceptionRowActions } from "@/features/orders/exceptions/exception-row";
import type { ExceptionListState } from "@/features/orders/exceptions/use-exception-list";
import { InboxList } from "@/inbox/inbox-list";
import { NothingListed } from "@/inbox/nothing-listed";

interface Props {
  list: ExceptionListState;
  cursorId: number | null;
  actions: ExceptionRowActions;
  canSettle: boolean;
  onClear: (() => void) | undefined;
}

const timeOf = ({ created_at }: OrderException) => created_at;

export function ExceptionList({ list: { items, query }, cursorId, actions, canSettle, onClear }: Props) {
  const { t } = useTranslation();
  const quiet = { icon: IconChecks, title: t("orders.exceptions.empty"), body: t("orders.exceptions.emptyBody") };
  return (
    <InboxList
      items={items}
      query={query}
      timeOf={timeOf}
      cursorId={cursorId}
      empty={<NothingListed quiet={quiet} settled={false} onClear={onClear} />}
      keyHints={[
        { keys: ["J", "K"], label: t("list.hintMove") },
        { keys: ["Enter"], label: t("orders.exceptions.hintOpen") },
        ...(canSettle ? [{ keys: ["I"], label: t("orders.exceptions.hintIgnore") }] : []),
      ]}
      renderRow={(item) => <ExceptionRow exception={item} isCursor={item.id === cursorId} actions={actions} />}
    />
  );
}
