import "@/features/summary/texts";
import { ActionIcon, Button } from "@mantine/core";
import { IconChevronDown, IconHistory, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Summary } from "@/api/types";
import { dayAndTime } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { isQuiet, summaryQuery } from "@/features/summary/api";
import { SinceBones } from "@/features/summary/since-bones";
import css from "@/features/summary/since-panel.module.css";
import { StoreSummarySection } from "@/features/summary/store-summary";
import { SummaryCounts } from "@/features/summary/summary-counts";
import { useReturnFocus } from "@/ui/use-return-focus";

const mostStores = 5;
const mostItems = 3;

interface Props {
  /** In milliseconds, or `serverKnows`. */
  since: number;
  onDismiss: () => void;
}

/** On top of the inbox for whoever comes back, when something happened meanwhile; once dismissed it is told. */
export default function SincePanel({ since, onDismiss }: Props) {
  const { data, isPending } = useQuery(summaryQuery(since));
  const hasNothing = data !== undefined && isQuiet(data);
  const dismiss = useEffectEvent(onDismiss);
  useEffect(() => {
    if (hasNothing) dismiss();
  }, [hasNothing]);
  if (isPending) return <SinceBones />;
  // What cannot be loaded is not missed here: the page of the same says so.
  if (!data || hasNothing) return null;
  return <PanelOf summary={data} onDismiss={onDismiss} />;
}

function PanelOf({ summary, onDismiss }: { summary: Summary; onDismiss: () => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const isDay = isOfDay(summary);
  const name = isDay ? t("summary.lastDay") : t("summary.left");
  // The button that dismisses it goes with it.
  useReturnFocus();
  const moreStores = summary.stores.length - mostStores;
  return (
    <section className={css.panel} aria-label={name}>
      <div className={css.line}>
        <IconHistory className={css.icon} size={18} stroke={1.8} aria-hidden />
        <p className={css.since}>
          <b>{name}</b>
          {!isDay && <span className="num">{dayAndTime(summary.from, now)}</span>}
        </p>
        <SummaryCounts summary={summary} />
        <Button
          className={css.toggle}
          size="compact-sm"
          variant="subtle"
          rightSection={<IconChevronDown className={css.chevron} size={15} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen((before) => !before)}
        >
          {isOpen ? t("summary.hide") : t("summary.show")}
        </Button>
        <ActionIcon className={css.dismiss} aria-label={t("summary.dismiss", { name })} onClick={onDismiss}>
          <IconX size={17} />
        </ActionIcon>
      </div>
      <div id={id}>
        {isOpen && (
          <div className={css.stores}>
            {summary.stores.slice(0, mostStores).map((store) => (
              <StoreSummarySection key={store.store_id} store={store} most={mostItems} />
            ))}
            <p className={css.foot}>
              {moreStores > 0 && <span>{t("summary.moreStores", { count: moreStores })}</span>}
              <Link to="/summary">{t("summary.all")}</Link>
            </p>
          </div>
        )}
      </div>
    </section>
  );
}

/** What the server tells whoever never looked. */
function isOfDay({ from, to }: Summary): boolean {
  return Date.parse(to) - Date.parse(from) === 24 * 3_600_000;
}
