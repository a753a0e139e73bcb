import { Button, UnstyledButton } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import css from "@/inbox/list-footer.module.css";
import { useSingleKeysOn } from "@/keyboard/preference";
import { openShortcuts } from "@/keyboard/shortcuts-dialog-state";

export interface KeyHint {
  readonly keys: readonly string[];
  readonly label: string;
}

interface Props {
  count: number;
  hasMore: boolean;
  isLoadingMore: boolean;
  hasFailed: boolean;
  onLoadMore: () => void;
  /** Those of the inbox when it is none. */
  keyHints?: readonly KeyHint[] | undefined;
}

export function ListFooter({ count, hasMore, isLoadingMore, hasFailed, onLoadMore, keyHints }: Props) {
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
      {useSingleKeysOn() && <KeyHints hints={keyHints} />}
    </div>
  );
}

function KeyHints({ hints }: { hints: readonly KeyHint[] | undefined }) {
  const { t } = useTranslation();
  const shown = hints ?? [
    { keys: ["J", "K"], label: t("list.hintMove") },
    { keys: ["X"], label: t("list.hintSelect") },
    { keys: ["E"], label: t("list.hintRead") },
    { keys: ["S"], label: t("list.hintSnooze") },
  ];
  return (
    <span className={css.keys}>
      {shown.map(({ keys, label }) => (
        <span key={label}>
          {keys.map((key) => (
            <Fragment key={key}>
              <kbd>{key}</kbd>{" "}
            </Fragment>
          ))}
          {label}
        </span>
      ))}
      <UnstyledButton className={css.help} onClick={openShortcuts}>
        <kbd>?</kbd> {t("list.hintHelp")}
      </UnstyledButton>
    </span>
  );
}
