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
    const name = fieldOf(form.getValues(), path.replace(/^(body|data)\./, ""));
    if (name !== null) form.setFieldError(name, fieldText(error, { path: name, message }));
    else elsewhere.push(`${path}: ${message}`);
  }
  return elsewhere.length === 0 ? null : elsewhere.join(" · ");
}

/** The field that a path such as `steps.1.user_ids.0` is about; of a list of plain values it is the list itself. */
function fieldOf(values: object, path: string): string | null {
  const found: string[] = [];
  let at: unknown = values;
  for (const part of path.split(".")) {
    if (Array.isArray(at) && at.every((item) => typeof item !== "object")) break;
    if (typeof at !== "object" || at === null || !(part in at)) return null;
    at = Reflect.get(at, part);
    found.push(part);
  }
  return found.join(".");
}
