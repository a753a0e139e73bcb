import { TextInput } from "@mantine/core";
import { IconClock, IconMoodEmpty, IconZoomQuestion } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, isProblemWith } from "@/api/problem";
import type { Explanation as Answer } from "@/api/types";
import { clockOrDate } from "@/display/dates";
import { formatNumber } from "@/display/numbers";
import { useNow } from "@/display/use-now";
import { explanationQuery, type Subject } from "@/inbox/why/api";
import { ExplainedItem } from "@/inbox/why/explained-item";
import { type Recipient, recipientsOf } from "@/inbox/why/outcome";
import { verdictText } from "@/inbox/why/verdict-text";
import css from "@/inbox/why/why.module.css";
import { useCan, useCurrentUser } from "@/session/current-user";
import { EmptyState, ErrorState } from "@/ui/page-state";

/** More than this many are searched by name. */
const searchedFrom = 11;

/** Why each person and destination did or did not get it; mine first. */
export function Explanation({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const now = useNow();
  const query = useQuery(explanationQuery(subject));
  const failure = query.data ? null : failureOf(query);
  if (isProblemWith(failure, 404)) {
    return <EmptyState icon={IconZoomQuestion} title={t("why.missing")} body={t("why.missingBody")} />;
  }
  if (failure) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  if (!query.data) return <ExplanationBones />;
  const { unplanned } = query.data;
  if (unplanned) {
    return <EmptyState icon={IconMoodEmpty} title={t("why.unplanned")} body={verdictText(t, unplanned, now)} />;
  }
  if (!query.data.is_planned) {
    return <EmptyState icon={IconClock} title={t("why.notPlanned")} body={t("why.notPlannedBody")} />;
  }
  return <Recipients answer={query.data} />;
}

function Recipients({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const { id } = useCurrentUser();
  const seesAll = useCan("triage");
  const [wanted, setWanted] = useState("");
  const all = recipientsOf(answer.items, id);
  if (all.length === 0) {
    const body = seesAll ? t("why.nobodyBody") : t("why.nobodyBodyOwn");
    return <EmptyState icon={IconMoodEmpty} title={t("why.nobody")} body={body} />;
  }
  const needle = wanted.trim().toLocaleLowerCase();
  const shown = all.filter(({ name }) => name.toLocaleLowerCase().includes(needle));
  return (
    <>
      <p className={css.intro}>{seesAll ? t("why.intro") : t("why.introOwn")}</p>
      {answer.thread && <ThreadNote thread={answer.thread} />}
      {all.length >= searchedFrom && (
        <div className={css.find}>
          <TextInput
            type="search"
            value={wanted}
            aria-label={t("why.find")}
            placeholder={t("why.find")}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <p className={css.found} role="status">
            {shown.length === 0
              ? t("why.noMatch")
              : t("why.found", { count: shown.length, all: formatNumber(all.length) })}
          </p>
        </div>
      )}
      <ul className={css.recipients}>
        {shown.map((recipient) => (
          <RecipientRow key={recipient.key} recipient={recipient} />
        ))}
      </ul>
    </>
  );
}

function RecipientRow({ recipient: { name, isMine, isShared, items } }: { recipient: Recipient }) {
  const { t } = useTranslation();
  return (
    <li className={css.recipient}>
      {!isShared && (
        <p className={css.name}>
          {name}
          {isMine && <span className={css.you}>{t("why.you")}</span>}
        </p>
      )}
      <ul className={css.items}>
        {items.map((item) => (
          <ExplainedItem key={`${item.channel}-${item.destination_id}`} item={item} isShared={isShared} />
        ))}
      </ul>
    </li>
  );
}

function ThreadNote({ thread: { told_at, next_size } }: { thread: NonNullable<Answer["thread"]> }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <p className={css.thread}>
      {t("why.thread", { time: clockOrDate(told_at, now) })}
      {next_size !== null && ` ${t("why.threadNext", { n: formatNumber(next_size) })}`}
    </p>
  );
}

function ExplanationBones() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")} className={css.recipients}>
      {[64, 82, 56].map((width) => (
        <div key={width} className={css.recipient}>
          <span className="bone" style={{ width: 120, height: 12 }} />
          <span className="bone" style={{ width: `${width}%`, height: 12, marginTop: 12 }} />
        </div>
      ))}
    </div>
  );
}
