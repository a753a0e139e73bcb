import type { UseFormReturnType } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { applyProblem } from "@/api/apply-problem";
import { useErrorFocus } from "@/ui/use-error-focus";

interface Sending<Values, Answer> {
  send: (values: Values) => Promise<Answer>;
  onDone: (answer: Answer, sent: Values) => unknown;
}

export interface Submission {
  /** What the server said that belongs to no field, and what no field shows. */
  problem: string | null;
  isBusy: boolean;
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
}

/** Sends a form; the server's field errors come to stand at their fields, the first gets the focus, what was typed stays. */
export function useSubmit<Values extends object, Answer>(
  form: UseFormReturnType<Values>,
  { send, onDone }: Sending<Values, Answer>,
): Submission & { answer: Answer | undefined; forgetProblem: () => void } {
  const [problem, setProblem] = useState<string | null>(null);
  const { onSent, onRefused } = useErrorFocus((element) => {
    const unseen = unseenOf(form.errors, element);
    if (unseen !== "") setProblem((said) => (said === null ? unseen : `${said} · ${unseen}`));
    else if (!element.querySelector('[aria-invalid="true"]'))
      element.querySelector('[role="alert"]')?.scrollIntoView({ block: "nearest" });
  });
  const { mutate, isPending, data } = useMutation({
    mutationFn: send,
    onMutate: () => setProblem(null),
    onSuccess: onDone,
    onError: (error) => {
      setProblem(applyProblem(form, error));
      onRefused();
    },
  });
  const forgetProblem = () => setProblem(null);
  const submit = form.onSubmit(
    (values) => mutate(values),
    () => {
      forgetProblem();
      onRefused();
    },
  );
  const onSubmit = (event?: FormEvent<HTMLFormElement>) => {
    onSent(event);
    submit(event);
  };
  return { problem, isBusy: isPending, onSubmit, answer: data, forgetProblem };
}

/** What is wrong with parts of the form that have no place for it: nothing may be refused without a word. */
function unseenOf(errors: Readonly<Record<string, unknown>>, form: HTMLFormElement): string {
  const shown = form.textContent ?? "";
  const texts = Object.values(errors).filter((text) => typeof text === "string");
  return [...new Set(texts)].filter((text) => !shown.includes(text)).join(" · ");
}
