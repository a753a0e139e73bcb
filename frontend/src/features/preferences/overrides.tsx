import { ActionIcon, Button } from "@mantine/core";
import { IconBuildingStore, IconPlus, IconTrash, IconUsers } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PreferencesOverride, Threshold } from "@/api/types";
import { Card } from "@/features/preferences/card";
import css from "@/features/preferences/overrides.module.css";
import { ThresholdSelect } from "@/features/preferences/threshold-select";
import { usePlaces } from "@/features/preferences/use-places";
import { categoryName, channelName } from "@/inbox/messages/wording";
import { lazyDialog } from "@/ui/part";

const AddOverride = lazyDialog(() => import("@/features/preferences/add-override"));

interface Props {
  overrides: readonly PreferencesOverride[];
  categories: readonly string[];
  errorOf: (path: string) => string | undefined;
  onAdd: (added: PreferencesOverride) => void;
  onRemove: (index: number) => void;
  onChange: (index: number, threshold: Threshold) => void;
}

/** Other thresholds for single stores, or for all stores of a merchant. */
export function Overrides({ overrides, categories, errorOf, onAdd, onRemove, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const add = useRef<HTMLButtonElement>(null);
  const [isAdding, setIsAdding] = useState(false);
  const { nameOf } = usePlaces();
  return (
    <Card
      title={t("preferences.overrides.title")}
      intro={t("preferences.overrides.intro")}
      action={
        <Button ref={add} size="compact-sm" leftSection={<IconPlus size={15} />} onClick={() => setIsAdding(true)}>
          {t("preferences.overrides.add")}
        </Button>
      }
    >
      {overrides.length === 0 && <p className={css.none}>{t("preferences.overrides.none")}</p>}
      <ul>
        {overrides.map((override, index) => {
          const PlaceIcon = override.store_id === null ? IconUsers : IconBuildingStore;
          const place = nameOf(override);
          const about = override.category ? categoryName(t, override.category) : t("preferences.overrides.all");
          const channel = channelName(t, override.channel);
          const name = `${place}: ${about}, ${channel}`;
          return (
            <li key={keyOf(override)} className={css.rule}>
              <PlaceIcon size={18} stroke={1.6} aria-hidden />
              <span className={css.words}>
                <b>{place}</b>
                <span>
                  {about} · {channel}
                </span>
              </span>
              <span className={css.threshold}>
                <ThresholdSelect
                  id={`${id}-${index}`}
                  aria-label={name}
                  value={override.min_priority}
                  error={errorOf(`overrides.${index}`)}
                  onChange={(threshold) => onChange(index, threshold)}
                />
              </span>
              <ActionIcon
                size={34}
                aria-label={t("preferences.overrides.remove", { name })}
                onClick={() => {
                  onRemove(index);
                  // Its button is gone with it.
                  add.current?.focus();
                }}
              >
                <IconTrash size={17} stroke={1.7} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {isAdding && (
        <AddOverride overrides={overrides} categories={categories} onAdd={onAdd} onClose={() => setIsAdding(false)} />
      )}
    </Card>
  );
}

function keyOf({ channel, category, store_id, merchant_id }: PreferencesOverride): string {
  return [channel, category, store_id, merchant_id].join(" ");
}
