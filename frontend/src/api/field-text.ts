import i18n from "i18next";
import type { ProblemError } from "@/api/problem";
import type { FieldError } from "@/api/types";

const taken = ["domain", "store_code", "subdomain"] as const;

/** What the server has against a field, for the user: in their language where it is known, else in its own words. */
export function fieldText({ code }: Pick<ProblemError, "code">, { path, message }: FieldError): string {
  const name = taken.find((each) => each === path);
  if (code === "already_taken" && name) return i18n.t(`form.taken.${name}`);
  if (path === "domain" && message.startsWith("is not a host name")) return i18n.t("form.notHostName");
  // "json://" is written small.
  if (/^\w+:/.test(message)) return message;
  return message.charAt(0).toLocaleUpperCase() + message.slice(1);
}
