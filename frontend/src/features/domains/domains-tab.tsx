import "@/features/domains/texts";
import { IconWorld } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type DomainOwner, domainsQuery } from "@/features/domains/api";
import { DomainItem } from "@/features/domains/domain-item";
import css from "@/features/domains/domains.module.css";
import { HostCheck } from "@/features/domains/host-check";
import { useCan } from "@/session/current-user";
import { AddButton } from "@/ui/add-button";
import { EmptyState } from "@/ui/page-state";
import { PagedList } from "@/ui/paged-panel";
import { lazyDialog } from "@/ui/part";

const AddDomain = lazyDialog(() => import("@/features/domains/add-domain"));

interface Props {
  owner: DomainOwner;
  /** The dialog for a new one is open. */
  isAdding: boolean;
  onAdd: (isOpen: boolean) => void;
}

/** The custom domains of a store or a merchant. For a panel that the page brings. */
export function DomainsTab({ owner, isAdding, onAdd }: Props) {
  const { t } = useTranslation();
  const canManage = useCan("manage");
  const query = useInfiniteQuery(domainsQuery(owner));
  const hasDomains = query.data?.pages.some(({ items }) => items.length > 0) ?? false;
  const addButton = canManage && <AddButton label={t("domains.add")} onClick={() => onAdd(true)} />;
  return (
    <>
      <PagedList
        query={query}
        columns={3}
        toolbar={hasDomains && canManage && <div className={css.bar}>{addButton}</div>}
        empty={
          <EmptyState
            icon={IconWorld}
            title={t("domains.empty")}
            body={owner.kind === "store" ? t("domains.emptyStore") : t("domains.emptyMerchant")}
            action={addButton}
          />
        }
      >
        {(domains) => (
          <ul>
            {domains.map((domain) => (
              <DomainItem key={domain.id} owner={owner} domain={domain} />
            ))}
          </ul>
        )}
      </PagedList>
      <HostCheck />
      {isAdding && canManage && <AddDomain owner={owner} hasOthers={hasDomains} onClose={() => onAdd(false)} />}
    </>
  );
}
