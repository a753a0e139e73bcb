import { useFocusTrap, useMergedRef } from "@mantine/hooks";
import { type ToggleEvent, useCallback, useId, useLayoutEffect, useRef, useState } from "react";

interface Options {
  align: "start" | "end";
}

const gap = 5;
const edge = 8;

/**
 * A panel at a button, on the browser's own popover: top layer, light dismiss, Escape and the return of the focus
 * are native; placing it and keeping Tab inside are ours.
 */
export function usePopover({ align }: Options) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const trap = useFocusTrap(isOpen);
  const panelRef = useMergedRef(panel, trap);

  useLayoutEffect(() => {
    if (!isOpen) return;
    const place = () => {
      if (button.current && panel.current) putBeside(panel.current, button.current, align);
    };
    place();
    window.addEventListener("resize", place);
    window.addEventListener("scroll", place, { capture: true, passive: true });
    return () => {
      window.removeEventListener("resize", place);
      window.removeEventListener("scroll", place, { capture: true });
    };
  });

  const close = useCallback(() => panel.current?.hidePopover(), []);
  const toggle = useCallback(() => panel.current?.togglePopover(), []);
  return {
    isOpen,
    close,
    toggle,
    buttonProps: { ref: button, popoverTarget: id, "aria-expanded": isOpen, "aria-controls": isOpen ? id : undefined },
    panelProps: {
      ref: panelRef,
      id,
      popover: "auto" as const, // `as`: the literal, not any text
      onToggle: (event: ToggleEvent) => setIsOpen(event.newState === "open"),
    },
  };
}

/** Under the button, or above it where there is more room; always inside the window. */
function putBeside(panel: HTMLElement, button: HTMLElement, align: Options["align"]): void {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const wanted = align === "start" ? at.left : at.right - width;
  const left = Math.max(edge, Math.min(wanted, document.documentElement.clientWidth - width - edge));
  const below = at.bottom + gap;
  const isCramped = below + height > window.innerHeight - edge && at.top > window.innerHeight - at.bottom;
  const top = isCramped ? Math.max(edge, at.top - gap - height) : below;
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}
