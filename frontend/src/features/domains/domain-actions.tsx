import { ActionIcon } from "@mantine/core";
import { IconCircleCheck, IconCircleMinus, IconDots, IconStar, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { Domain, DomainPatch } from "@/api/types";
import { changeDomain, type DomainOwner, domainsKey } from "@/features/domains/api";
import { Menu, MenuItem } from "@/ui/menu";
import { lazyDialog } from "@/ui/part";
import more from "@/ui/record-actions.module.css";
import { showToast } from "@/ui/toasts";

const RemoveDomain = lazyDialog(() => import("@/features/domains/remove-domain"));

export function DomainActions({ owner, domain }: { owner: DomainOwner; domain: Domain }) {
  const { t } = useTranslation();
  const [isRemoving, setIsRemoving] = useState(false);
  const change = useChange(owner, domain);
  const label = t("domains.actionsOf", { domain: domain.unicode_domain });
  return (
    <>
      <Menu
        label={label}
        renderButton={(props) => (
          <ActionIcon
            {...props}
            size={36}
            className={more.more}
            loading={change.isPending}
            aria-label={label}
            aria-haspopup="menu"
          >
            <IconDots size={18} />
          </ActionIcon>
        )}
      >
        {!domain.is_primary && (
          <MenuItem icon={IconStar} onClick={() => change.mutate({ is_primary: true })}>
            {t("domains.makePrimary")}
          </MenuItem>
        )}
        <MenuItem
          icon={domain.is_active ? IconCircleMinus : IconCircleCheck}
          onClick={() => change.mutate({ is_active: !domain.is_active })}
        >
          {domain.is_active ? t("domains.deactivate") : t("domains.activate")}
        </MenuItem>
        <MenuItem icon={IconTrash} isDangerous onClick={() => setIsRemoving(true)}>
          {t("domains.remove")}
        </MenuItem>
      </Menu>
      {isRemoving && <RemoveDomain owner={owner} domain={domain} onClose={() => setIsRemoving(false)} />}
    </>
  );
}

function useChange(owner: DomainOwner, { id, unicode_domain: domain }: Domain) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const said = (changes: DomainPatch) => {
    if (changes.is_primary) return t("domains.nowPrimary", { domain });
    return changes.is_active ? t("domains.nowActive", { domain }) : t("domains.nowInactive", { domain });
  };
  return useMutation({
    mutationFn: (changes: DomainPatch) => changeDomain(owner, id, changes),
    onSuccess: (_changed, changes) => showToast({ kind: "done", message: said(changes) }),
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: domainsKey(owner) }),
  });
}
