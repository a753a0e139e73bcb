import { useEffect, useRef } from "react";
import { singleKeysAreOn } from "@/keyboard/preference";

type Keys = Readonly<Record<string, (() => void) | undefined>>;

/** Runs a handler for a single key, unless the user is typing, is in a dialog or menu, or has switched them off. */
export function useKeys(keys: Keys, isEnabled = true): void {
  useSingleKeys(keys, isOverPage, isEnabled);
}

/** The same in a dialog, as long as nothing else is open over it. */
export function useDialogKeys(keys: Keys): void {
  useSingleKeys(keys, isInTheOnlyDialog, true);
}

function useSingleKeys(keys: Keys, isInPlace: (event: KeyboardEvent) => boolean, isEnabled: boolean): void {
  const latest = useRef(keys);
  latest.current = keys;

  useEffect(() => {
    if (!isEnabled) return;
    let wasInPlace = false;
    // Before anything else hears of it: the Escape that closes a dialog may find none when it comes to the page.
    const onKeyDownFirst = (event: KeyboardEvent) => {
      wasInPlace = isInPlace(event);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const handler = latest.current[event.key];
      if (!handler || !isForShortcuts(event) || !wasInPlace) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener("keydown", onKeyDownFirst, { capture: true });
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDownFirst, { capture: true });
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [isEnabled, isInPlace]);
}

/** "g" then another key, within a second and a half. */
export function useKeySequences(prefix: string, keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;

  useEffect(() => {
    let armedAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isForShortcuts(event) || !isOverPage()) return;
      const isArmed = event.timeStamp - armedAt < 1_500;
      armedAt = event.key === prefix ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const handler = isArmed ? latest.current[event.key] : undefined;
      if (!handler) return;
      // The second key belongs to the sequence alone: "g e" must not also mark a row as read.
      event.stopImmediatePropagation();
      event.preventDefault();
      handler();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [prefix]);
}

function isForShortcuts(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (isTextEntry(event.target) || isOwnKeyOfControl(event)) return false;
  // Escape is expected to work whatever the preference says.
  return singleKeysAreOn() || event.key === "Escape";
}

const layers = '[role="dialog"], [role="menu"], [role="listbox"]';

// Selects keep their closed lists in the page.
const CLOSED = '[hidden], [style*="display: none"]';

function openLayers(): Element[] {
  return [...document.querySelectorAll(layers)].filter((layer) => layer.closest(CLOSED) === null);
}

function isOverPage(): boolean {
  return openLayers().length === 0;
}

function isInTheOnlyDialog({ target }: KeyboardEvent): boolean {
  const [only, ...others] = openLayers();
  if (only?.role !== "dialog" || others.length > 0) return false;
  // The body has the focus for a moment, until the dialog has chosen what gets it.
  return target === document.body || (target instanceof Node && only.contains(target));
}

const textInputs = new Set([
  "text",
  "search",
  "email",
  "password",
  "url",
  "tel",
  "number",
  "date",
  "time",
  "datetime-local",
]);

function isTextEntry(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return textInputs.has(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}

/** Enter and Space press the button, link or box that has the focus. */
function isOwnKeyOfControl(event: KeyboardEvent): boolean {
  const isPress = event.key === "Enter" || event.key === " ";
  return isPress && event.target instanceof HTMLElement && event.target.closest("a, button, input, summary") !== null;
}
