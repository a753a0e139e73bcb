import type { UseFormReturnType } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { previewQuery } from "@/features/silences/api";
import { matchersOf, type SilenceValues } from "@/features/silences/silence-form";

/** Asks once more before criticals are silenced, as far as the preview has counted them. */
export function useCriticals(form: UseFormReturnType<SilenceValues>) {
  const queryClient = useQueryClient();
  const waiting = useRef<HTMLFormElement | null>(null);
  const isSure = useRef(false);
  const [asked, setAsked] = useState<number | null>(null);

  /** True: it is asked first. */
  const ask = (event: FormEvent<HTMLFormElement>): boolean => {
    const { queryKey } = previewQuery(matchersOf(form.getValues()), false);
    const count = queryClient.getQueryData(queryKey)?.criticals_hidden ?? 0;
    if (isSure.current || count === 0 || form.validate().hasErrors) return false;
    event.preventDefault();
    waiting.current = event.currentTarget;
    setAsked(count);
    return true;
  };
  const cancel = () => setAsked(null);
  const confirm = () => {
    cancel();
    isSure.current = true;
    waiting.current?.requestSubmit();
    isSure.current = false;
  };
  return { asked, ask, confirm, cancel };
}
