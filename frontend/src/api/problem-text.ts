import i18n from "i18next";
import { ProblemError, UnreachableError } from "@/api/problem";

/** What went wrong, in one sentence for the user. */
export function problemText(error: unknown): string {
  if (error instanceof UnreachableError) return i18n.t("state.unreachableTitle");
  if (error instanceof ProblemError && error.status < 500) return error.detail || error.message;
  if (error instanceof ProblemError && error.requestId) {
    return `${i18n.t("form.unexpected")} ${i18n.t("state.reference", { id: error.requestId })}`;
  }
  return i18n.t("form.unexpected");
}
