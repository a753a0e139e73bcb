import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Domain } from "@/api/types";
import type { DomainOwner } from "@/features/domains/api";
import { DomainActions } from "@/features/domains/domain-actions";
import { DomainState } from "@/features/domains/domain-state";
import css from "@/features/domains/domains.module.css";
import { TxtRecord } from "@/features/domains/txt-record";
import { useCheck } from "@/features/domains/use-check";
import { useCan } from "@/session/current-user";
import badge from "@/ui/status-badge.module.css";

export function DomainItem({ owner, domain }: { owner: DomainOwner; domain: Domain }) {
  const { t } = useTranslation();
  const canManage = useCan("manage");
  const check = useCheck(owner, domain);
  return (
    <li className={css.item}>
      <div className={css.head}>
        <div className={css.words}>
          <h2 className={css.name}>{domain.unicode_domain}</h2>
          <p className={css.badges}>
            {domain.is_primary && <span className={badge.badge}>{t("domains.primary")}</span>}
            <DomainState domain={domain} isChecking={check.isChecking} />
            {!domain.is_active && <span className={badge.badge}>{t("domains.inactive")}</span>}
          </p>
        </div>
        {canManage && (
          <div className={css.actions}>
            <Button
              leftSection={<IconRefresh size={16} />}
              loading={check.isChecking}
              aria-label={t("domains.verifyNamed", { domain: domain.unicode_domain })}
              onClick={check.start}
            >
              {t("domains.verify")}
            </Button>
            <DomainActions owner={owner} domain={domain} />
          </div>
        )}
      </div>
      {domain.last_error && <p className={css.reason}>{domain.last_error}</p>}
      <TxtRecord domain={domain} />
    </li>
  );
}
