import { UnstyledButton } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import css from "@/inbox/fresh-pill.module.css";

/** New rows wait here until they are asked for: nothing is ever inserted under the pointer. */
export function FreshPill({ label, onShow }: { label: string; onShow: () => void }) {
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
