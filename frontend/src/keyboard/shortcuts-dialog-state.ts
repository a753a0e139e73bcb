import { createOpenState } from "@/ui/open-state";

export const { open: openShortcuts, close: closeShortcuts, useIsOpen: useShortcutsOpen } = createOpenState();
