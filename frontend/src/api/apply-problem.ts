import type { UseFormReturnType } from "@mantine/form";
import { fieldText } from "@/api/field-text";
import { ProblemError } from "@/api/problem";
import { problemText } from "@/api/problem-text";

/**
 * Puts the server's `errors: [{path, message}]` at the form's fields of the same names.
 * Returns what belongs to no field, to be shown above the form; null when every error has found its field.
 */
export function applyProblem<Values extends object>(form: UseFormReturnType<Values>, error: unknown): string | null {
  if (error instanceof DOMException && error.name === "AbortError") return null;
  if (!(error instanceof ProblemError) || error.errors.length === 0) return problemText(error);
  const elsewhere: string[] = [];
  for (const { path, message } of error.errors) {
    const name = path.replace(/^(body|data)\./, "");
    if (name in form.getValues()) form.setFieldError(name, fieldText(error, { path: name, message }));
    else elsewhere.push(`${path}: ${message}`);
  }
  return elsewhere.length === 0 ? null : elsewhere.join(" · ");
}
