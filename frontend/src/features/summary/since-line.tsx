import "@/features/summary/texts";
import { ActionIcon } from "@mantine/core";
import { IconHistory, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Summary } from "@/api/types";
import { dayAndTime } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { isOfDay } from "@/features/summary/api";
import css from "@/features/summary/since-panel.module.css";
import { useReturnFocus } from "@/ui/use-return-focus";

interface Props {
  /** Without one: it could not be loaded, and since when is not known. */
  summary?: Summary;
  /** What it comes to, in a few words. */
  said: ReactNode;
  button: ReactNode;
  onDismiss: () => void;
  /** Below the line, once it is asked for. */
  children?: ReactNode;
}

/** As high whatever it says, so that no row moves below it. */
export function SinceLine({ summary, said, button, onDismiss, children }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  // The button that dismisses it goes with it.
  useReturnFocus();
  const isDay = summary !== undefined && isOfDay(summary);
  const name = !summary ? t("shell.page.summary") : isDay ? t("summary.lastDay") : t("summary.left");
  return (
    <section className={css.panel} aria-label={name}>
      <div className={css.line}>
        <IconHistory className={css.icon} size={18} stroke={1.8} aria-hidden />
        <p className={css.since}>
          <b>{name}</b>
          {summary && !isDay && <span className="num">{dayAndTime(summary.from, now)}</span>}
        </p>
        {said}
        {button}
        <ActionIcon className={css.dismiss} aria-label={t("summary.dismiss", { name })} onClick={onDismiss}>
          <IconX size={17} />
        </ActionIcon>
      </div>
      {children}
    </section>
  );
}
