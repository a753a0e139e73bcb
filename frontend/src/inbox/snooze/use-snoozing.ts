import "@/inbox/snooze/texts";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import { comingTime } from "@/inbox/snooze/coming";
import { showToast } from "@/ui/toasts";

interface Snoozable {
  readonly id: number;
  readonly snoozed_until: string | null;
}

interface Options<T extends Snoozable, Saved> {
  snooze: (id: number, until: string | null) => Promise<Saved>;
  /** Makes it again what it was before. */
  takeBack: (before: T) => Promise<Saved>;
  /** Shows them as they are now, wherever they are listed. */
  put: (items: readonly Saved[]) => void;
}

interface Change<T> {
  readonly items: readonly T[];
  readonly until: string | null;
  readonly isUndoing?: boolean;
}

/** Puts off until a time, or wakes with null: says so, and offers to undo it. One that fails holds up no other. */
export function useSnoozing<T extends Snoozable, Saved>({ snooze, takeBack, put }: Options<T, Saved>) {
  const { t } = useTranslation();
  const { mutate } = useMutation({
    mutationFn: ({ items, until, isUndoing }: Change<T>) =>
      eachOf(items, (item) => (isUndoing ? takeBack(item) : snooze(item.id, until))),
    onSuccess: ({ done, changed, failures }, { until, isUndoing }) => {
      put(done);
      const isWaking = (until === null) !== Boolean(isUndoing);
      if (failures.length > 0) {
        const count = failures.length;
        showToast({
          kind: "failed",
          message: isWaking ? t("snooze.toast.notWoken", { count }) : t("snooze.toast.failed", { count }),
          detail: [...new Set(failures.map(problemText))].join(" "),
        });
      }
      if (isUndoing || done.length === 0) return;
      const count = done.length;
      showToast({
        kind: "done",
        message:
          until === null
            ? t("snooze.toast.awake", { count })
            : t("snooze.toast.until", { count, time: comingTime(until, new Date()) }),
        action: { label: t("action.undo"), run: () => mutate({ items: changed, until, isUndoing: true }) },
      });
    },
  });
  return (items: readonly T[], until: string | null) => {
    const changing = until === null ? items.filter(({ snoozed_until }) => snoozed_until !== null) : items;
    if (changing.length > 0) mutate({ items: changing, until });
  };
}

const atOnce = 4;

interface Outcome<T, Saved> {
  /** As they are now, and as they were. */
  readonly done: Saved[];
  readonly changed: T[];
  readonly failures: unknown[];
}

async function eachOf<T, Saved>(items: readonly T[], work: (item: T) => Promise<Saved>): Promise<Outcome<T, Saved>> {
  const waiting = [...items];
  const outcome: Outcome<T, Saved> = { done: [], changed: [], failures: [] };
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        outcome.done.push(await work(item));
        outcome.changed.push(item);
      } catch (error) {
        outcome.failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return outcome;
}

/** An earlier snooze to go back to, as long as the server would take it. */
export function stillAhead(until: string | null): string | null {
  return until !== null && Date.parse(until) > Date.now() + 60_000 ? until : null;
}
