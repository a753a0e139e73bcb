import type { UseFormReturnType } from "@mantine/form";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { isSameBody } from "@/api/same-body";
import type { SilenceMatchers } from "@/api/types";
import { previewQuery } from "@/features/silences/api";
import { matchersOf, type SilenceValues } from "@/features/silences/silence-form";

/** Criticals that would be hidden; "unknown" when the server did not say. */
export type Criticals = number | "unknown";

/** Asks once more before criticals are silenced, also when nobody could count them. */
export function useCriticals(form: UseFormReturnType<SilenceValues>) {
  const queryClient = useQueryClient();
  const waiting = useRef<HTMLFormElement | null>(null);
  const isSure = useRef(false);
  const [isCounting, setIsCounting] = useState(false);
  const [asked, setAsked] = useState<Criticals | null>(null);

  const send = () => {
    isSure.current = true;
    waiting.current?.requestSubmit();
    isSure.current = false;
  };
  const count = async (): Promise<void> => {
    const matchers = matchersOf(form.getValues());
    const found = await criticalsOf(queryClient, matchers);
    // Somebody typed on meanwhile: what is sent must be what was counted.
    if (!isSameBody(matchers, matchersOf(form.getValues()))) return count();
    setIsCounting(false);
    if (found === 0) send();
    else setAsked(found);
  };
  /** True: it is not to be sent yet. */
  const ask = (event: FormEvent<HTMLFormElement>): boolean => {
    if (isSure.current || form.validate().hasErrors) return false;
    event.preventDefault();
    waiting.current = event.currentTarget;
    if (isCounting) return true;
    setIsCounting(true);
    void count();
    return true;
  };
  const cancel = () => setAsked(null);
  const confirm = () => {
    cancel();
    send();
  };
  return { asked, isCounting, ask, confirm, cancel };
}

/** As the preview says, asked anew when that is old; what is on its way already is waited for. */
async function criticalsOf(queryClient: QueryClient, matchers: SilenceMatchers): Promise<Criticals> {
  try {
    return (await queryClient.fetchQuery({ ...previewQuery(matchers, true), retry: false })).criticals_hidden;
  } catch {
    return "unknown";
  }
}
