import "@/ui/sheet-styles";
import { Drawer, useMatches } from "@mantine/core";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { narrow } from "@/theme/breakpoints";
import { SheetHold } from "@/ui/hold-sheet";
import css from "@/ui/sheet.module.css";
import { useReturnFocus } from "@/ui/use-return-focus";

interface Props {
  title: ReactNode;
  /** What can be done with the whole, in the title's line. */
  beside?: ReactNode;
  onClose: () => void;
  children: ReactNode;
  /** On wide screens, a drawer of 440 px at the right. */
  size?: number;
}

/** A drawer at the right; under 720 px a sheet from below with a grab bar. */
export function Sheet({ title, beside, onClose, children, size = 440 }: Props) {
  const { t } = useTranslation();
  useReturnFocus();
  const { isHeld, hold } = useHolds();
  const isNarrow = useMatches({ base: true, [narrow]: false }, { getInitialValueInEffect: false });
  return (
    <Drawer.Root
      opened
      onClose={() => !isHeld && onClose()}
      closeOnEscape={!isHeld}
      closeOnClickOutside={!isHeld}
      position={isNarrow ? "bottom" : "right"}
      size={isNarrow ? "auto" : size}
      transitionProps={{ duration: 140 }}
      // On the root: a class given to the content goes to what holds it as well.
      classNames={{ content: isNarrow ? css.sheet : css.drawer, header: css.header, body: css.body }}
    >
      <Drawer.Overlay />
      {/* The mark is for the toasts, which then keep off its buttons. */}
      <Drawer.Content data-sheet>
        <Drawer.Header>
          <Drawer.Title>{title}</Drawer.Title>
          {beside}
          <Drawer.CloseButton aria-label={t("action.close")} />
        </Drawer.Header>
        <Drawer.Body>
          <SheetHold value={hold}>{children}</SheetHold>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** Several may hold it at once: a question about the form, and the form that is being sent. */
function useHolds() {
  const [holds, setHolds] = useState(0);
  const hold = useCallback(() => {
    setHolds((before) => before + 1);
    return () => setHolds((before) => before - 1);
  }, []);
  return { isHeld: holds > 0, hold };
}
