import "@/ui/unsaved-texts";
import { Button, VisuallyHidden } from "@mantine/core";
import { Fragment, type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import css from "@/ui/save-bar.module.css";
import { useFocusBack } from "@/ui/use-focus-back";

interface Props {
  isChanged: boolean;
  isBusy: boolean;
  problem: string | null;
  /** What was said of the last try is over. */
  onForget: () => void;
  onDiscard: () => void;
  /** Another's change came while something is typed here: what to do is for the person to say. */
  meanwhile: false | { onTake: () => void; onKeep: () => void };
}

/** At the window's edge as long as there is something to save. */
export function SaveBar({ isChanged, isBusy, problem, onForget, onDiscard, meanwhile }: Props) {
  const { t } = useTranslation();
  const bar = useFocusBack(isChanged);
  const notice = useFocusAtHand(meanwhile !== false, bar);
  const forget = useEffectEvent(onForget);
  useEffect(() => {
    // Taken back by hand: what was said of the last try is said of nothing any more.
    if (!isChanged && problem !== null) forget();
  }, [isChanged, problem]);
  const then = (decide: () => void) => () => {
    onForget();
    decide();
  };
  return (
    <div className={css.edge}>
      <div role="alert">
        {meanwhile ? (
          <p ref={notice} tabIndex={-1} className={css.meanwhile}>
            <b>{t("unsaved.meanwhile.title")}</b> {t("unsaved.meanwhile.body")}
          </p>
        ) : (
          isChanged && problem && <p className={css.problem}>{problem}</p>
        )}
      </div>
      {/* Outside of what is hidden: else nobody hears it come. */}
      <VisuallyHidden role="status">{isChanged && t("unsaved.state")}</VisuallyHidden>
      <div ref={bar} className={css.bar} hidden={!isChanged}>
        <span aria-hidden>{t("unsaved.state")}</span>
        {meanwhile ? (
          <Fragment key="meanwhile">
            <Button onClick={then(meanwhile.onTake)}>{t("unsaved.meanwhile.take")}</Button>
            <Button variant="filled" onClick={then(meanwhile.onKeep)}>
              {t("unsaved.meanwhile.keep")}
            </Button>
          </Fragment>
        ) : (
          <Fragment key="save">
            <Button onClick={then(onDiscard)} disabled={isBusy}>
              {t("unsaved.discard")}
            </Button>
            <Button type="submit" variant="filled" loading={isBusy}>
              {t("unsaved.save")}
            </Button>
          </Fragment>
        )}
      </div>
    </div>
  );
}

/** The button that was pressed goes with what it stood for: the focus goes to the notice, and from there to Save. */
function useFocusAtHand(isAsked: boolean, bar: RefObject<HTMLDivElement | null>) {
  const notice = useRef<HTMLParagraphElement>(null);
  const wasAsked = useRef(isAsked);
  useEffect(() => {
    if (wasAsked.current === isAsked) return;
    wasAsked.current = isAsked;
    if (document.activeElement !== document.body || bar.current?.hidden) return;
    const next = isAsked ? notice.current : bar.current?.querySelector<HTMLElement>('[type="submit"]');
    next?.focus({ preventScroll: true });
  }, [isAsked, bar]);
  return notice;
}
