import { type KeyboardEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Preferences, Threshold } from "@/api/types";
import { Card } from "@/features/preferences/card";
import { type Channel, channels, groupsOf } from "@/features/preferences/categories";
import css from "@/features/preferences/matrix.module.css";
import { cellAfter } from "@/features/preferences/matrix-keys";
import { ThresholdSelect } from "@/features/preferences/threshold-select";
import { channelIcons } from "@/inbox/messages/channel-icons";
import { categoryName, categoryOf, channelName } from "@/inbox/messages/wording";

interface Props {
  matrix: Preferences["matrix"];
  errorOf: (path: string) => string | undefined;
  onChange: (category: string, channel: Channel, threshold: Threshold) => void;
}

/** Said aloud: on narrow screens the table is laid out as blocks, and some browsers then take it for no table. */
const role = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  column: { role: "columnheader" },
  head: { role: "rowheader" },
  cell: { role: "cell" },
} as const; // `as`: the literals

/** What to be told of, by which channel, from which priority on. */
export function Matrix({ matrix, errorOf, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const groups = groupsOf(matrix);
  const rows = groups.flatMap(({ categories }) => categories);
  const titleId = `${id}-title`;
  const hintId = `${id}-keys`;
  return (
    <Card title={t("preferences.matrix.title")} intro={t("preferences.matrix.intro")} titleId={titleId}>
      <table
        {...role.table}
        className={css.table}
        aria-labelledby={titleId}
        onKeyDown={(event) => move(event, rows.length)}
      >
        <thead {...role.group}>
          <tr {...role.row}>
            <th {...role.column} scope="col">
              {t("preferences.matrix.about")}
            </th>
            {channels.map((channel) => {
              const ChannelIcon = channelIcons[channel];
              return (
                <th key={channel} {...role.column} scope="col">
                  <ChannelIcon size={15} stroke={1.7} aria-hidden /> {channelName(t, channel)}
                </th>
              );
            })}
          </tr>
        </thead>
        {groups.map(({ name, categories }) => (
          <tbody key={name} {...role.group}>
            <tr {...role.row} className={css.group}>
              <th {...role.head} scope="rowgroup" colSpan={1 + channels.length}>
                {t(`preferences.group.${name}`)}
              </th>
            </tr>
            {categories.map((category) => (
              <tr key={category} {...role.row}>
                <th {...role.head} scope="row">
                  {categoryName(t, category)}
                  <CategoryHint category={category} />
                </th>
                {channels.map((channel, column) => (
                  <td key={channel} {...role.cell}>
                    <span className={css.channel} aria-hidden>
                      {channelName(t, channel)}
                    </span>
                    <ThresholdSelect
                      id={`${id}-${category}-${channel}`}
                      aria-label={`${categoryName(t, category)}: ${channelName(t, channel)}`}
                      aria-describedby={hintId}
                      data-cell={`${rows.indexOf(category)}:${column}`}
                      value={matrix[category]?.[channel] ?? "never"}
                      error={errorOf(`matrix.${category}.${channel}`)}
                      onChange={(threshold) => onChange(category, channel, threshold)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <p id={hintId} className={css.foot}>
        <kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd> {t("preferences.matrix.keys")}{" "}
        <kbd>{t("preferences.matrix.space")}</kbd> {t("preferences.matrix.opens")}
      </p>
    </Card>
  );
}

function CategoryHint({ category }: { category: string }) {
  const { t } = useTranslation();
  const known = categoryOf(category);
  return known && <span className={css.hint}>{t(`preferences.hint.${known}`)}</span>;
}

/** The arrows move between the cells as in a sheet; with Alt, or while a list is open, they are the field's own. */
function move(event: KeyboardEvent<HTMLTableElement>, rows: number): void {
  const field = event.target;
  if (!(field instanceof HTMLSelectElement) || event.altKey || event.ctrlKey || event.metaKey || isOpen(field)) return;
  const [row = 0, column = 0] = (field.dataset["cell"] ?? "").split(":").map(Number);
  const next = cellAfter(event.key, { row, column }, { rows, columns: channels.length });
  if (!next) return;
  event.preventDefault();
  event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next.row}:${next.column}"]`)?.focus();
}

/** A browser that cannot tell leaves the arrows to the field: a list that is open could not be walked otherwise. */
function isOpen(field: HTMLSelectElement): boolean {
  try {
    return field.matches(":open");
  } catch {
    return true;
  }
}
