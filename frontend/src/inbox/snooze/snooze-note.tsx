import "@/inbox/snooze/texts";
import { IconBellZ } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { clockOrDate } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { comingTime } from "@/inbox/snooze/coming";
import css from "@/inbox/snooze/snooze.module.css";
import { useCurrentUser } from "@/session/current-user";

interface Props {
  until: string | null;
  by: { readonly id: number; readonly name: string } | null;
  /** When it came back, as long as that is news. */
  returnedAt: string | null;
}

/** Until when it is put off, and by which colleague, or that it has come back. */
export default function SnoozeNote({ until, by, returnedAt }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const user = useCurrentUser();
  if (until !== null) {
    const time = comingTime(until, now);
    const isOwn = by === null || by.id === user.id;
    const words = isOwn ? t("snooze.until", { time }) : t("snooze.untilBy", { time, name: by.name });
    return (
      <span className={css.note} title={words}>
        <IconBellZ size={14} aria-hidden />
        <span className={css.words}>{words}</span>
      </span>
    );
  }
  if (returnedAt === null) return null;
  return (
    <span className={`${css.note} ${css.back}`} title={t("snooze.backSince", { time: clockOrDate(returnedAt, now) })}>
      <IconBellZ size={14} aria-hidden />
      <span className={css.words}>{t("snooze.back")}</span>
    </span>
  );
}
