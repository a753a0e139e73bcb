import { clockTime, compactAge, dayAndTime, fullTime, localDay, relativeTime } from "@/display/dates";
import { useNow } from "@/display/use-now";

interface Props {
  iso: string;
  /** `row`: "2m" today, "18:42" before, under a day heading. `ago`: in running text. `day`: "Today 13:58". */
  as: "row" | "ago" | "day";
}

export function Time({ iso, as }: Props) {
  const now = useNow();
  return (
    <time dateTime={iso} title={fullTime(iso)} className="num">
      {as === "row" ? rowTime(iso, now) : as === "ago" ? relativeTime(iso, now) : dayAndTime(iso, now)}
    </time>
  );
}

function rowTime(iso: string, now: Date): string {
  return localDay(new Date(iso)) === localDay(now) ? compactAge(iso, now) : clockTime(iso);
}
