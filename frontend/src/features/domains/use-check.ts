import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { Domain } from "@/api/types";
import { type DomainOwner, domainsKey, requestCheck } from "@/features/domains/api";
import { showToast } from "@/ui/toasts";

const askEvery = 1_500;
/** DNS is given eight seconds for each of at most two questions, and a worker may be busy before. */
const longestWait = 30_000;

/** A check of one domain: no event tells of its end, so that the list is asked until the domain was looked at anew. */
export function useCheck(owner: DomainOwner, domain: Domain) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  // When the domain had been checked before this check; null: none goes on.
  const [asked, setAsked] = useState<{ before: string | null } | null>(null);
  const hasEnded = asked !== null && asked.before !== domain.last_checked_at;
  const isWaiting = asked !== null && !hasEnded;
  const { unicode_domain: name, is_verified } = domain;
  const { kind, id } = owner;

  useEffect(() => {
    if (!isWaiting) return undefined;
    const poll = setInterval(
      () => void queryClient.invalidateQueries({ queryKey: domainsKey({ kind, id }) }),
      askEvery,
    );
    const end = setTimeout(() => {
      setAsked(null);
      showToast({ kind: "done", message: t("domains.stillChecking", { domain: name }) });
    }, longestWait);
    return () => {
      clearInterval(poll);
      clearTimeout(end);
    };
  }, [isWaiting, queryClient, kind, id, name, t]);

  useEffect(() => {
    if (!hasEnded) return;
    setAsked(null);
    showToast(
      is_verified
        ? { kind: "done", message: t("domains.isVerified", { domain: name }) }
        : { kind: "failed", message: t("domains.isNotVerified", { domain: name }) },
    );
  }, [hasEnded, is_verified, name, t]);

  const { mutate, isPending } = useMutation({
    mutationFn: () => requestCheck(owner, domain.id),
    onSuccess: ({ last_checked_at }) => setAsked({ before: last_checked_at }),
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
  });
  return { isChecking: isPending || isWaiting, start: () => mutate() };
}
