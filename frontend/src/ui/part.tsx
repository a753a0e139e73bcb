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
import { loadFailedStyles } from "@/theme/failed-styles";
import { EmptyState } from "@/ui/page-state";
import { showToast } from "@/ui/toasts";

/** Its file did not come; what fails otherwise is a fault of the part and no matter of loading. */
class NotLoaded extends Error {}

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
  const loadWhole = () => loadFailedStyles().then(load);
  let newest = loading();
  function loading() {
    return lazy<ComponentType<{ props: Props }>>(async () => {
      try {
        const { default: Part } = await loadWhole().catch(loadWhole);
        return { default: ({ props }) => <Part {...props} /> };
      } catch (error) {
        // Whoever asks next asks anew: a lazy component remembers for ever that it failed.
        newest = loading();
        throw new NotLoaded("A part of the page did not come", { cause: error });
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

/** What does not come takes nothing around it along; a part that came and broke is the page's to tell. */
class Boundary extends Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  private readonly retry = () => {
    this.props.onRetry();
    this.setState({ error: null });
  };

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (error instanceof NotLoaded) return this.props.gone(this.retry);
    throw error;
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
    // As it is now: that it is open may stand in the address, and closing takes it out.
    const { href } = window.location;
    showToast({
      kind: "failed",
      message: t("state.errorTitle"),
      detail: t("state.goneBody"),
      action: { label: t("state.reload"), run: () => window.location.assign(href) },
    });
    onClose();
  });
  useEffect(() => tell(), []);
  return null;
}
