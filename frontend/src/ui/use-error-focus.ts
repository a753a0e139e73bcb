import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";

/** Leads to the first field of a form that has an error; `onRefused` is for both the page's refusal and the server's. */
export function useErrorFocus() {
  const form = useRef<HTMLFormElement | null>(null);
  const [refusals, setRefusals] = useState(0);

  // In an effect: only then the fields show their errors.
  useEffect(() => {
    const field = refusals > 0 && form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (field) field.focus();
  }, [refusals]);

  const onSent = useCallback((event: FormEvent<HTMLFormElement> | undefined) => {
    form.current = event?.currentTarget ?? null;
  }, []);
  const onRefused = useCallback(() => setRefusals((before) => before + 1), []);
  return { onSent, onRefused };
}
