import { useEffect, useRef } from "react";
import { giveFocusBack } from "@/ui/use-return-focus";

/**
 * For a bar that goes away when one of its buttons is pressed, or with the field that was in use: the focus goes back to
 * the field that it came from, or else as giveFocusBack says.
 */
export function useFocusBack(isShown: boolean) {
  const bar = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const wasShown = useRef(isShown);

  useEffect(() => {
    const element = bar.current;
    const remember = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Element && !element?.contains(relatedTarget)) cameFrom.current = relatedTarget;
    };
    element?.addEventListener("focusin", remember);
    return () => element?.removeEventListener("focusin", remember);
  }, []);

  useEffect(() => {
    const isLost = document.activeElement === document.body || bar.current?.contains(document.activeElement);
    const isGoing = wasShown.current && !isShown;
    wasShown.current = isShown;
    if (!isGoing || !isLost) return;
    giveFocusBack(cameFrom.current);
    cameFrom.current = null;
  }, [isShown]);
  return bar;
}
