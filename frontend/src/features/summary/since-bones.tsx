import css from "@/features/summary/since-panel.module.css";

/** As high as what comes, so that no row moves below it. */
export function SinceBones() {
  return (
    <div className={css.panel} aria-hidden>
      <div className={css.line}>
        <span className={`bone ${css.icon}`} style={{ width: 18, height: 18 }} />
        <span className={css.since}>
          <span className="bone" style={{ width: 128, height: 14 }} />
        </span>
        <span className={css.countsBone}>
          <span className="bone" style={{ width: 210, height: 12 }} />
        </span>
        <span className={`${css.toggle} ${css.toggleBone}`}>
          <span className="bone" style={{ width: 140, height: 12 }} />
        </span>
        <span className={`${css.dismiss} ${css.dismissBone}`} />
      </div>
    </div>
  );
}
