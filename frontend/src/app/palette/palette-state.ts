import { createOpenState } from "@/ui/open-state";

export const { open: openPalette, close: closePalette, useIsOpen: usePaletteOpen } = createOpenState();
