import "@/inbox/why/texts";
import { useTranslation } from "react-i18next";
import { useNow } from "@/display/use-now";
import { type Reason, verdictText } from "@/inbox/why/verdict-text";

/** Why, in the user's language; the first releases said it in English only. */
export function ReasonWords({ reason }: { reason: Reason }) {
  const { t } = useTranslation();
  const now = useNow();
  return <span lang={reason.detail_code === null ? "en" : undefined}>{verdictText(t, reason, now)}</span>;
}
