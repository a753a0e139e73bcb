import { useTranslation } from "react-i18next";
import css from "@/inbox/row.module.css";

const widths = [
  [46, 70],
  [34, 58],
  [41, 64],
  [29, 46],
  [38, 71],
  [33, 52],
  [44, 60],
  [27, 66],
] as const;

/** Bones with the real row's geometry, so that nothing jumps when the rows arrive. */
export function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")}>
      <div className={css.dayBone} aria-hidden />
      {widths.map(([title, message]) => (
        <div key={title} className={css.row} aria-hidden>
          <span className={`bone ${css.boxBone}`} />
          <span className={`bone ${css.badgeBone}`} />
          <span className={css.main}>
            <span className={`bone ${css.titleBone}`} style={{ width: `${title}%` }} />
            <span className={`bone ${css.messageBone}`} style={{ width: `${message}%` }} />
          </span>
          <span className={css.time}>
            <span className={`bone ${css.timeBone}`} />
          </span>
        </div>
      ))}
    </div>
  );
}
