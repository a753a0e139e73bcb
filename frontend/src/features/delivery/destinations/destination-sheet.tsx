import { IconLock, IconZoomQuestion } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, isProblemWith } from "@/api/problem";
import type { ShownDestination } from "@/api/types";
import { destinationQuery } from "@/features/delivery/api";
import { DestinationForm } from "@/features/delivery/destinations/destination-form-fields";
import css from "@/features/delivery/destinations/sheet.module.css";
import { SigningSecret } from "@/features/delivery/destinations/signing-secret";
import { useCan } from "@/session/current-user";
import { EmptyState, ErrorState } from "@/ui/page-state";
import { Sheet } from "@/ui/sheet";

interface Props {
  /** null: a new one. */
  id: number | null;
  onClose: () => void;
}

/** A destination is made or changed in a sheet; a webhook's secret follows it in a dialog, this once. */
export default function DestinationSheet({ id, onClose }: Props) {
  const [created, setCreated] = useState<ShownDestination | null>(null);
  const canManage = useCan("manage");
  if (created?.secret) {
    return <SigningSecret name={created.name} secret={created.secret} isRotated={false} onClose={onClose} />;
  }
  if (!canManage) return <ForbiddenSheet isNew={id === null} onClose={onClose} />;
  if (id !== null) return <EditSheet id={id} onClose={onClose} />;
  return (
    <NewSheet
      onCreated={(shown) => {
        if (shown.secret) setCreated(shown);
        else onClose();
      }}
      onClose={onClose}
    />
  );
}

/** An operator has followed an administrator's address, or a notification of one that fails. */
function ForbiddenSheet({ isNew, onClose }: { isNew: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Sheet
      title={isNew ? t("delivery.form.createTitle") : t("delivery.destinations.edit")}
      size={520}
      onClose={onClose}
    >
      <EmptyState icon={IconLock} title={t("delivery.form.forbidden")} body={t("delivery.form.forbiddenBody")} />
    </Sheet>
  );
}

function NewSheet({ onCreated, onClose }: { onCreated: (shown: ShownDestination) => void; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Sheet title={t("delivery.form.createTitle")} size={520} onClose={onClose}>
      <DestinationForm destination={null} onCreated={onCreated} onClose={onClose} />
    </Sheet>
  );
}

function EditSheet({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation();
  // Asked anew whenever it is opened: a form on an old state would be sent over a colleague's change.
  const query = useQuery({
    ...destinationQuery(id),
    gcTime: 0,
    refetchOnReconnect: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const failure = query.data ? null : failureOf(query);
  return (
    <Sheet
      title={query.data ? t("delivery.form.editTitle", { name: query.data.name }) : t("delivery.destinations.edit")}
      size={520}
      onClose={onClose}
    >
      {query.data && <DestinationForm destination={query.data} onClose={onClose} />}
      {failure !== null && isProblemWith(failure, 404) && (
        <EmptyState icon={IconZoomQuestion} title={t("delivery.form.missing")} body={t("delivery.form.missingBody")} />
      )}
      {failure !== null && !isProblemWith(failure, 404) && (
        <ErrorState error={failure} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && failure === null && <FormBones />}
    </Sheet>
  );
}

function FormBones() {
  const { t } = useTranslation();
  return (
    <div className={css.bones} role="status" aria-label={t("state.loading")}>
      {[34, 34, 190, 34, 120].map((height, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
        <span key={at} className="bone" style={{ height }} />
      ))}
    </div>
  );
}
