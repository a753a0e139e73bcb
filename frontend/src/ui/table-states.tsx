import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import table from "@/ui/table.module.css";

const bones = ["a", "b", "c", "d", "e", "f"];

export function TableSkeleton({ columns }: { columns: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")} className={table.bones}>
      <table className={`${table.table} ${table.cards}`} aria-hidden>
        <tbody>
          {bones.map((row, at) => (
            <tr key={row}>
              {bones.slice(0, columns).map((cell, column) => (
                <td key={cell}>
                  <span
                    className="bone"
                    style={{
                      width: column === 0 ? 150 - at * 8 : 70 + ((at + column) % 3) * 14,
                      maxWidth: "100%",
                      height: 11,
                    }}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface FootProps {
  count: number;
  hasMore: boolean;
  isLoadingMore: boolean;
  hasFailed: boolean;
  onLoadMore: () => void;
}

export function TableFoot({ count, hasMore, isLoadingMore, hasFailed, onLoadMore }: FootProps) {
  const { t } = useTranslation();
  return (
    <div className={table.foot}>
      <span className="num">{t("list.shown", { count })}</span>
      {hasMore ? (
        <Button size="compact-sm" loading={isLoadingMore} onClick={onLoadMore}>
          {hasFailed ? t("action.retry") : t("action.loadMore")}
        </Button>
      ) : (
        <span>{t("list.end")}</span>
      )}
    </div>
  );
}
