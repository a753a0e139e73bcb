import { type FormEvent, useCallback, useEffect, useEffectEvent, useRef, useState } from "react";

/**
 * Leads to the first field of a form that has an error; `onRefused` is for both the page's refusal and the server's.
 * `onShown` comes when the fields show their errors.
 */
export function useErrorFocus(onShown?: (form: HTMLFormElement) => void) {
  const form = useRef<HTMLFormElement | null>(null);
  const [refusals, setRefusals] = useState(0);
  const tell = useEffectEvent((shown: HTMLFormElement) => onShown?.(shown));

  // In an effect: only then the fields show their errors.
  useEffect(() => {
    if (refusals === 0 || !form.current) return;
    focusable(form.current.querySelector<HTMLElement>('[aria-invalid="true"]'))?.focus();
    tell(form.current);
  }, [refusals]);

  const onSent = useCallback((event: FormEvent<HTMLFormElement> | undefined) => {
    form.current = event?.currentTarget ?? null;
  }, []);
  const onRefused = useCallback(() => setRefusals((before) => before + 1), []);
  return { onSent, onRefused };
}

/** Of several radios it is the group that has the error. */
function focusable(field: HTMLElement | null): HTMLElement | null {
  return field?.querySelector<HTMLElement>("input:checked") ?? field;
}
