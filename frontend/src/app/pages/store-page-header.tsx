import { getRouteApi, Link } from "@tanstack/react-router";
import type { Store } from "@/api/types";
import css from "@/app/pages/store-page.module.css";
import { StartImport } from "@/app/pages/store-page-dialogs";
import { MarkAllButton } from "@/features/notifications/mark-all-button";
import { MuteStore } from "@/features/stores/mute-store";
import { StoreActions } from "@/features/stores/store-actions";
import { useCan } from "@/session/current-user";
import { ActiveChip } from "@/ui/active-chip";
import { PageHeader } from "@/ui/page";
import { dialogStep } from "@/url/dialog-step";

const route = getRouteApi("/app/stores/$id");

export function StoreHeader({ store }: { store: Store }) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const canManage = useCan("manage");
  const isMarking = tab === "notifications";
  const edit = () => void navigate({ search: (before) => ({ ...before, edit: true }), ...dialogStep(true) });
  return (
    <PageHeader
      title={store.name}
      beside={<ActiveChip isActive={store.is_active} />}
      intro={
        <>
          <span className={css.code}>{store.store_code}</span>
          {" · "}
          <Link to="/merchants/$id" params={{ id: store.merchant_id }}>
            {store.merchant_name}
          </Link>
        </>
      }
      actions={
        <>
          {isMarking && <MarkAllButton />}
          <span className={css.start} data-crowded={isMarking || undefined}>
            <StartImport isQuiet={!store.is_active} />
          </span>
          <MuteStore id={store.id} />
          {canManage && <StoreActions store={store} onEdit={edit} />}
        </>
      }
    />
  );
}
