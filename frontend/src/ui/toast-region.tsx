import { ActionIcon, Button } from "@mantine/core";
import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconCircleCheckFilled, IconX } from "@tabler/icons-react";
import { useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import css from "@/ui/toast-region.module.css";
import { dismissToast, pauseToast, readToasts, resumeToast, subscribeToToasts, type Toast } from "@/ui/toasts";
import { giveFocusBack } from "@/ui/use-return-focus";

const icons = { done: IconCircleCheckFilled, failed: IconAlertTriangleFilled, critical: IconAlertOctagonFilled };

/** Both live regions are there from the start: screen readers miss regions that arrive with their text. */
export function ToastRegion() {
  const toasts = useSyncExternalStore(subscribeToToasts, readToasts);
  return (
    <div className={css.region}>
      <div role="alert">{toasts.filter((toast) => toast.kind !== "done").map(shown)}</div>
      <div role="status">{toasts.filter((toast) => toast.kind === "done").map(shown)}</div>
    </div>
  );
}

function shown(toast: Toast) {
  return <ToastCard key={toast.id} toast={toast} />;
}

function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const Icon = icons[toast.kind];
  const hold = () => pauseToast(toast.id);
  const release = () => resumeToast(toast);
  const card = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const close = () => {
    // Its buttons go with it.
    if (card.current?.contains(document.activeElement)) giveFocusBack(cameFrom.current);
    dismissToast(toast.id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding the timer is no action of the user's
    <div
      ref={card}
      className={css.toast}
      data-kind={toast.kind}
      onMouseEnter={hold}
      onMouseLeave={release}
      onFocus={({ relatedTarget }) => {
        if (!card.current?.contains(relatedTarget)) cameFrom.current = relatedTarget;
        hold();
      }}
      onBlur={release}
    >
      <Icon size={18} className={css.icon} aria-hidden />
      <div className={css.text}>
        <p className={css.message}>{toast.message}</p>
        {toast.detail && <p className={css.detail}>{toast.detail}</p>}
      </div>
      {toast.action && (
        <Button
          size="compact-sm"
          onClick={() => {
            toast.action?.run();
            close();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <ActionIcon size="sm" aria-label={t("action.close")} onClick={close}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  );
}
