import { Button, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "@/inbox/list-footer.module.css";
import { useSingleKeysOn } from "@/keyboard/preference";
import { openShortcuts } from "@/keyboard/shortcuts-dialog-state";

interface Props {
  count: number;
  hasMore: boolean;
  isLoadingMore: boolean;
  hasFailed: boolean;
  onLoadMore: () => void;
}

export function ListFooter({ count, hasMore, isLoadingMore, hasFailed, onLoadMore }: Props) {
  const { t } = useTranslation();
  return (
    <div className={css.footer}>
      <span className="num">{t("list.shown", { count })}</span>
      {hasMore ? (
        <Button size="compact-sm" loading={isLoadingMore} onClick={onLoadMore}>
          {hasFailed ? t("action.retry") : t("action.loadMore")}
        </Button>
      ) : (
        <span>{t("list.end")}</span>
      )}
      {useSingleKeysOn() && <KeyHints />}
    </div>
  );
}

function KeyHints() {
  const { t } = useTranslation();
  return (
    <span className={css.keys}>
      <span>
        <kbd>J</kbd> <kbd>K</kbd> {t("list.hintMove")}
      </span>
      <span>
        <kbd>X</kbd> {t("list.hintSelect")}
      </span>
      <span>
        <kbd>E</kbd> {t("list.hintRead")}
      </span>
      <UnstyledButton className={css.help} onClick={openShortcuts}>
        <kbd>?</kbd> {t("list.hintHelp")}
      </UnstyledButton>
    </span>
  );
}
