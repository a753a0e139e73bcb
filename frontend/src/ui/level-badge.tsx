import { useTranslation } from "react-i18next";
import { humanised } from "@/display/names";
import { levelIcons, levelOf } from "@/ui/level";
import css from "@/ui/level.module.css";

/** Icon, word and colour: never colour alone. */
export function LevelBadge({ value }: { value: string }) {
  const { t } = useTranslation();
  const level = levelOf(value);
  const Icon = levelIcons[level ?? "low"];
  return (
    <span className={css.badge} data-level={level ?? "low"}>
      <Icon size={14} aria-hidden />
      {level ? t(`level.${level}`) : humanised(value)}
    </span>
  );
}

/** The same as a 28 px tile, where the word stands elsewhere. */
export function LevelTile({ value }: { value: string }) {
  const level = levelOf(value) ?? "low";
  const Icon = levelIcons[level];
  return (
    <span className={css.tile} data-level={level} aria-hidden>
      <Icon size={16} />
    </span>
  );
}

export function LevelWord({ value }: { value: string }) {
  const { t } = useTranslation();
  const level = levelOf(value);
  return (
    <span className={css.word} data-level={level ?? "low"}>
      {level ? t(`level.${level}`) : humanised(value)}
    </span>
  );
}
