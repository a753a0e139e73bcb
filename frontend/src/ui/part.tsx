import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import {
  Component,
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useEffectEvent,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/page-state";
import { showToast } from "@/ui/toasts";

type Module<Props> = Promise<{ default: (props: Props) => ReactNode }>;

interface Instead<Props> {
  /** Until it has come. */
  waiting?: (props: Props) => ReactNode;
  /** When it did not come: offline, or a release took its file away. */
  gone?: (props: Props, onRetry: () => void) => ReactNode;
}

/** A part of a page that comes when it is first shown; when it does not come that is said in its place. */
export function lazyPart<Props extends object>(load: () => Module<Props>, waiting?: Instead<Props>["waiting"]) {
  return lazyOr(load, { ...(waiting && { waiting }), gone: (_, onRetry) => <PartGone onRetry={onRetry} /> });
}

/** A dialog or sheet: when it does not come that is told at the page's edge, and it is closed again. */
export function lazyDialog<Props extends object>(load: () => Module<Props>) {
  return lazyOr<Props & { onClose: () => void }>(load, { gone: ({ onClose }) => <DialogGone onClose={onClose} /> });
}

/** What a page can do without: it is left out, or replaced by what is plainer. */
export function lazyExtra<Props extends object>(
  load: () => Module<Props>,
  plain?: (props: Props) => ReactNode,
  waiting = plain,
) {
  return lazyOr(load, { ...(plain && { gone: plain }), ...(waiting && { waiting }) });
}

function lazyOr<Props extends object>(load: () => Module<Props>, { waiting, gone }: Instead<Props> = {}) {
  let newest = loading();
  function loading() {
    return lazy<ComponentType<{ props: Props }>>(async () => {
      try {
        const { default: Part } = await load().catch(load);
        return { default: ({ props }) => <Part {...props} /> };
      } catch (error) {
        // Whoever asks next asks anew: a lazy component remembers for ever that it failed.
        newest = loading();
        throw error;
      }
    });
  }
  return function Part(props: Props) {
    const [Shown, setShown] = useState(() => newest);
    return (
      <Boundary onRetry={() => setShown(() => newest)} gone={(onRetry) => gone?.(props, onRetry)}>
        <Suspense fallback={waiting?.(props)}>
          <Shown props={props} />
        </Suspense>
      </Boundary>
    );
  };
}

interface BoundaryProps {
  gone: (onRetry: () => void) => ReactNode;
  onRetry: () => void;
  children: ReactNode;
}

/** What fails within takes nothing around it along. */
class Boundary extends Component<BoundaryProps, { isGone: boolean }> {
  override state = { isGone: false };

  static getDerivedStateFromError() {
    return { isGone: true };
  }

  private readonly retry = () => {
    this.props.onRetry();
    this.setState({ isGone: false });
  };

  override render() {
    return this.state.isGone ? this.props.gone(this.retry) : this.props.children;
  }
}

function PartGone({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <EmptyState
        icon={IconPlugConnectedX}
        title={t("state.errorTitle")}
        body={t("state.goneBody")}
        action={
          <>
            <Button onClick={onRetry}>{t("action.retry")}</Button>{" "}
            <Button onClick={() => window.location.reload()}>{t("state.reload")}</Button>
          </>
        }
      />
    </div>
  );
}

function DialogGone({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useEffectEvent(() => {
    showToast({
      kind: "failed",
      message: t("state.errorTitle"),
      detail: t("state.goneBody"),
      action: { label: t("state.reload"), run: () => window.location.reload() },
    });
    onClose();
  });
  useEffect(() => tell(), []);
  return null;
}
