import { useTranslation } from "react-i18next";
import css from "@/ui/record-bones.module.css";

const lines = [62, 48, 74, 40, 56, 34];

/** A store's or merchant's page before it is there: title, strip where it has one, tabs and facts. */
export function RecordBones({ hasStrip = false }: { hasStrip?: boolean }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")}>
      <span className="bone" style={{ width: 240, maxWidth: "70%", height: 22, margin: "3px 0 11px" }} />
      <span className="bone" style={{ width: 190, height: 12, marginBottom: 24 }} />
      {hasStrip && (
        <div className={css.strip}>
          {["a", "b", "c"].map((cell) => (
            <div key={cell} className={css.cell}>
              <span className="bone" style={{ width: 74, height: 11, marginTop: 4 }} />
              <span className="bone" style={{ width: 44, height: 22, marginTop: 10 }} />
              <span className="bone" style={{ width: 116, height: 10, marginTop: 14 }} />
            </div>
          ))}
        </div>
      )}
      <div className={css.panel}>
        <div className={css.tabs}>
          {[64, 58, 92].map((width) => (
            <span key={width} className="bone" style={{ width, height: 12 }} />
          ))}
        </div>
        <div className={css.lines}>
          {lines.map((width) => (
            <span key={width} className="bone" style={{ width: `${width}%`, height: 12 }} />
          ))}
        </div>
      </div>
    </div>
  );
}
