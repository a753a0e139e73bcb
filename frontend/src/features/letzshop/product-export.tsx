import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Store } from "@/api/types";
import { exportUrl } from "@/features/letzshop/api";
import css from "@/features/letzshop/connected-store.module.css";
import { exportLanguages } from "@/features/letzshop/wording";

/** Plain links: the browser streams each file to the disk, however long it is. */
export function ProductExport({ store }: { store: Store }) {
  const { t } = useTranslation();
  return (
    <section className={`${css.section} ${css.export}`}>
      <div>
        <h2>{t("letzshop.connection.exportTitle")}</h2>
        <p>{t("letzshop.connection.exportBody")}</p>
      </div>
      <div className={css.downloads}>
        {exportLanguages.map((language) => {
          const name = t(`letzshop.connection.language.${language}`);
          return (
            <Button
              key={language}
              component="a"
              href={exportUrl(store.id, language)}
              download={`${store.store_code}_letzshop_export_${language}.csv`}
              leftSection={<IconDownload size={16} />}
              aria-label={t("letzshop.connection.exportIn", { language: name })}
            >
              {name.charAt(0).toLocaleUpperCase() + name.slice(1)}
            </Button>
          );
        })}
      </div>
    </section>
  );
}
