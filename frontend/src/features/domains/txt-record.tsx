import { ActionIcon, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Domain } from "@/api/types";
import css from "@/features/domains/domains.module.css";

/** The record that shows whose a domain is: in sight until it is verified, folded away afterwards. */
export function TxtRecord({ domain }: { domain: Domain }) {
  const { t } = useTranslation();
  const { name, value } = domain.verification_record;
  return (
    // The key: once verified it folds by itself, and opens again when the domain loses its standing.
    <details key={String(domain.is_verified)} className={css.record} open={!domain.is_verified}>
      <summary>{t("domains.record")}</summary>
      <p>{domain.is_verified ? t("domains.keep") : t("domains.prove")}</p>
      <dl className={css.parts} aria-label={t("domains.recordOf", { domain: domain.unicode_domain })}>
        <Part name={t("domains.recordName")} value={name} copyLabel={t("domains.copyName")} />
        <Part name={t("domains.recordValue")} value={value} copyLabel={t("domains.copyValue")} />
      </dl>
    </details>
  );
}

function Part({ name, value, copyLabel }: { name: string; value: string; copyLabel: string }) {
  const { t } = useTranslation();
  return (
    <div className={css.part}>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <ActionIcon
              size={30}
              aria-label={copied ? t("action.copied") : copyLabel}
              title={copied ? t("action.copied") : copyLabel}
              onClick={copy}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          )}
        </CopyButton>
      </dd>
    </div>
  );
}
