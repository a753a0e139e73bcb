import { UnstyledButton } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import css from "@/ui/popover.module.css";
import { usePopover } from "@/ui/use-popover";

interface Props {
  label: string;
  renderButton: (props: ReturnType<typeof usePopover>["buttonProps"]) => ReactNode;
  /** Rendered while open; items close the menu themselves when they are chosen. */
  children: ReactNode;
}

/** A menu at a button: arrows, Home and End move, Escape and a choice close. */
export function Menu({ label, renderButton, children }: Props) {
  const popover = usePopover({ align: "end" });
  const items = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (popover.isOpen) itemsOf(items.current)[0]?.focus();
  }, [popover.isOpen]);

  const move = (event: KeyboardEvent) => {
    const all = itemsOf(items.current);
    const at = all.indexOf(document.activeElement instanceof HTMLElement ? document.activeElement : document.body);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all.at(next % all.length)?.focus();
  };

  return (
    <>
      {renderButton(popover.buttonProps)}
      <div {...popover.panelProps} className={css.panel}>
        {popover.isOpen && (
          <div
            ref={items}
            role="menu"
            tabIndex={-1}
            aria-label={label}
            className={css.menu}
            onKeyDown={move}
            // The trap of the focus takes the menu itself for what comes first in it.
            onFocus={({ target, currentTarget }) => target === currentTarget && itemsOf(currentTarget)[0]?.focus()}
            onClick={(event) => {
              if (event.target instanceof Element && event.target.closest('[role="menuitem"]')) popover.close();
            }}
          >
            {children}
          </div>
        )}
      </div>
    </>
  );
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}

interface ItemProps {
  icon: Icon;
  children: ReactNode;
  isDangerous?: boolean;
  onClick?: () => void;
}

export function MenuItem({ icon: ItemIcon, children, isDangerous, onClick }: ItemProps) {
  return (
    <UnstyledButton
      role="menuitem"
      tabIndex={-1}
      className={css.item}
      data-danger={isDangerous || undefined}
      onClick={onClick}
    >
      <ItemIcon size={17} stroke={1.7} aria-hidden />
      {children}
    </UnstyledButton>
  );
}

/** For an item that is a link: what `MenuItem` gives its button. */
export const menuLink = { role: "menuitem", tabIndex: -1, className: css.item } as const;

export function MenuLine() {
  return <hr className={css.line} />;
}
