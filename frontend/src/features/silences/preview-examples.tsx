import { useTranslation } from "react-i18next";
import type { SilencePreview } from "@/api/types";
import css from "@/features/silences/silence-preview.module.css";
import { LevelBadge } from "@/ui/level-badge";
import { Time } from "@/ui/time";
import { stringifySearch } from "@/url/search-text";

type Example = SilencePreview["examples"][number];

/** The worst and newest of what it takes; each opens beside the form, which keeps what is typed. */
export function PreviewExamples({ examples }: { examples: readonly Example[] }) {
  const { t } = useTranslation();
  if (examples.length === 0) return <p className={css.quiet}>{t("silences.preview.none")}</p>;
  return (
    <>
      <h4 className={css.subtitle}>{t("silences.preview.examples")}</h4>
      <ul className={css.examples}>
        {examples.map((example) => (
          <li key={`${example.kind}-${example.id}`}>
            <LevelBadge value={example.priority} />
            <div className={css.words}>
              <a href={pathOf(example)} target="_blank" rel="noreferrer">
                {example.title}
              </a>
              <span className={css.sub}>
                {example.store_name ?? t("silences.preview.platform")} · <Time iso={example.created_at} as="ago" />
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function pathOf({ kind, id, title }: Example): string {
  const search = kind === "alert" ? { tab: "alerts", alert: id } : { q: title.slice(0, 200) };
  return `/notifications${stringifySearch(search)}`;
}
