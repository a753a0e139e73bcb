import { UnstyledButton } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "@/inbox/fresh-pill.module.css";

/** A page's length: there may be more than the fresh first page holds. */
const countedUpTo = 50;

/** New rows wait here until they are asked for: nothing is ever inserted under the pointer. */
export function FreshPill({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation();
  const label = count >= countedUpTo ? t("list.freshMany", { n: countedUpTo }) : t("list.fresh", { count });
  return (
    <div className={css.place}>
      <UnstyledButton
        className={css.pill}
        onClick={() => {
          onShow();
          window.scrollTo({ top: 0 });
        }}
      >
        <IconArrowUp size={14} aria-hidden />
        {label}
      </UnstyledButton>
    </div>
  );
}
