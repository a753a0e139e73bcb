import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "@/features/preferences/save-bar.module.css";

interface Props {
  isDirty: boolean;
  isBusy: boolean;
  problem: string | null;
  onDiscard: () => void;
}

/** At the window's edge as long as there is something to save. */
export function SaveBar({ isDirty, isBusy, problem, onDiscard }: Props) {
  const { t } = useTranslation();
  return (
    <div className={css.edge} data-open={isDirty || undefined}>
      <div role="alert">{problem && <p className={css.problem}>{problem}</p>}</div>
      <div className={css.bar} hidden={!isDirty}>
        <span role="status">{isDirty && t("preferences.unsaved")}</span>
        <Button onClick={onDiscard} disabled={isBusy}>
          {t("preferences.discard")}
        </Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          {t("preferences.save")}
        </Button>
      </div>
    </div>
  );
}
