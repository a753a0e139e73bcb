import "@/features/summary/texts";
import { Button } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Summary } from "@/api/types";
import { isQuiet, summaryQuery } from "@/features/summary/api";
import { SinceBones } from "@/features/summary/since-bones";
import { SinceLine } from "@/features/summary/since-line";
import css from "@/features/summary/since-panel.module.css";
import { StoreSummarySection } from "@/features/summary/store-summary";
import { SummaryCounts } from "@/features/summary/summary-counts";

const mostStores = 5;
const mostItems = 3;

interface Props {
  /** In milliseconds, or `serverKnows`. */
  since: number;
  /** That nothing happened is told in a line, and is no news the next time. */
  onQuiet: () => void;
  onDismiss: () => void;
}

/** On top of the inbox for whoever comes back; once dismissed it is told. */
export default function SincePanel({ since, onQuiet, onDismiss }: Props) {
  const { t } = useTranslation();
  const { data, isPending, isPaused, isFetching, refetch } = useQuery(summaryQuery(since));
  const hasNothing = data !== undefined && isQuiet(data);
  const tellQuiet = useEffectEvent(onQuiet);
  useEffect(() => {
    if (hasNothing) tellQuiet();
  }, [hasNothing]);
  if (isPending && !isPaused) return <SinceBones />;
  if (!data) {
    const again = (
      <Button
        className={css.toggle}
        size="compact-sm"
        variant="subtle"
        loading={isFetching && !isPaused}
        onClick={() => void refetch()}
      >
        {t("action.retry")}
      </Button>
    );
    return <SinceLine said={<Said>{t("state.errorTitle")}</Said>} button={again} onDismiss={onDismiss} />;
  }
  if (hasNothing)
    return (
      <SinceLine summary={data} said={<Said>{t("summary.empty")}</Said>} button={noButton} onDismiss={onDismiss} />
    );
  return <PanelOf summary={data} onDismiss={onDismiss} />;
}

function Said({ children }: { children: string }) {
  return <p className={css.said}>{children}</p>;
}

/** Its room is kept. */
const noButton = <span className={`${css.toggle} ${css.toggleBone}`} aria-hidden />;

function PanelOf({ summary, onDismiss }: { summary: Summary; onDismiss: () => void }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const moreStores = summary.stores.length - mostStores;
  const toggle = (
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
  );
  return (
    <SinceLine summary={summary} said={<SummaryCounts summary={summary} />} button={toggle} onDismiss={onDismiss}>
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
    </SinceLine>
  );
}
