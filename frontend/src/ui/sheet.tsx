import "@/ui/sheet-styles";
import { Drawer, useMatches } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { narrow } from "@/theme/breakpoints";
import css from "@/ui/sheet.module.css";
import { useReturnFocus } from "@/ui/use-return-focus";

interface Props {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  /** On wide screens, a drawer of 440 px at the right. */
  size?: number;
}

/** A drawer at the right; under 720 px a sheet from below with a grab bar. */
export function Sheet({ title, onClose, children, size = 440 }: Props) {
  const { t } = useTranslation();
  useReturnFocus();
  const isNarrow = useMatches({ base: true, [narrow]: false }, { getInitialValueInEffect: false });
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position={isNarrow ? "bottom" : "right"}
      size={isNarrow ? "auto" : size}
      closeButtonProps={{ "aria-label": t("action.close") }}
      transitionProps={{ duration: 140 }}
      classNames={{
        content: isNarrow ? css.sheet : css.drawer,
        header: css.header,
        body: css.body,
      }}
    >
      {children}
    </Drawer>
  );
}
