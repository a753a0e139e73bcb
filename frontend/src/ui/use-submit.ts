import type { UseFormReturnType } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { applyProblem } from "@/api/apply-problem";
import { useErrorFocus } from "@/ui/use-error-focus";

interface Sending<Values, Answer> {
  send: (values: Values) => Promise<Answer>;
  onDone: (answer: Answer) => unknown;
}

export interface Submission {
  /** What the server said that belongs to no field. */
  problem: string | null;
  isBusy: boolean;
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
}

/** Sends a form; the server's field errors come to stand at their fields, the first gets the focus, what was typed stays. */
export function useSubmit<Values extends object, Answer>(
  form: UseFormReturnType<Values>,
  { send, onDone }: Sending<Values, Answer>,
): Submission & { answer: Answer | undefined } {
  const [problem, setProblem] = useState<string | null>(null);
  const { onSent, onRefused } = useErrorFocus();
  const { mutate, isPending, data } = useMutation({
    mutationFn: send,
    onMutate: () => setProblem(null),
    onSuccess: onDone,
    onError: (error) => {
      setProblem(applyProblem(form, error));
      onRefused();
    },
  });
  const submit = form.onSubmit((values) => mutate(values), onRefused);
  const onSubmit = (event?: FormEvent<HTMLFormElement>) => {
    onSent(event);
    submit(event);
  };
  return { problem, isBusy: isPending, onSubmit, answer: data };
}
