import { type Icon, IconBuildingStore, IconQuote, IconTag, IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Silence } from "@/api/types";
import css from "@/features/silences/silences.module.css";
import { typeName } from "@/features/silences/wording";
import { LevelBadge } from "@/ui/level-badge";

/** As many of a kind as a row has room for. */
const most = 4;

interface Named {
  readonly id: number;
  readonly name: string;
}

/** What a silence matches: alternatives of one kind share its sign. */
export function SilenceChips({ silence }: { silence: Silence }) {
  const { t } = useTranslation();
  const { matchers, store_names, merchant_names } = silence;
  const stores = named(matchers.store_ids, store_names, (id) => t("silences.storeGone", { id }));
  const merchants = named(matchers.merchant_ids, merchant_names, (id) => t("silences.merchantGone", { id }));
  return (
    <ul className={css.chips}>
      <Chips icon={IconBuildingStore} names={stores} />
      <Chips icon={IconUsers} names={merchants} />
      <Chips icon={IconTag} names={matchers.types.map((type) => typeName(t, type))} />
      {matchers.priorities.map((priority) => (
        <li key={priority}>
          <LevelBadge value={priority} />
        </li>
      ))}
      {matchers.text !== null && <Chips icon={IconQuote} names={[t("silences.saying", { text: matchers.text })]} />}
    </ul>
  );
}

function Chips({ icon: ChipIcon, names }: { icon: Icon; names: readonly string[] }) {
  const { t } = useTranslation();
  const rest = names.slice(most);
  return (
    <>
      {names.slice(0, most).map((name) => (
        <li key={name} className={css.chip}>
          <ChipIcon size={14} stroke={1.8} aria-hidden />
          <span>{name}</span>
        </li>
      ))}
      {rest.length > 0 && (
        <li className={css.chip} title={rest.join(", ")}>
          <ChipIcon size={14} stroke={1.8} aria-hidden />
          <span>{t("silences.more", { n: rest.length })}</span>
        </li>
      )}
    </>
  );
}

/** Those that are gone have no name any more. */
function named(ids: readonly number[], names: readonly Named[], gone: (id: number) => string): string[] {
  const known = new Map(names.map(({ id, name }) => [id, name]));
  return ids.map((id) => known.get(id) ?? gone(id));
}
