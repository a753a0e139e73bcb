import { useEffect } from "react";
import { closePalette, openPalette, usePaletteOpen } from "@/app/palette/palette-state";
import { lazyDialog } from "@/ui/part";

const Palette = lazyDialog(() => import("@/app/palette/palette"));

/** Ctrl/⌘ K from anywhere; the palette's code comes with its first opening. */
export function PaletteGate() {
  const isOpen = usePaletteOpen();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      openPalette();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      closePalette();
    };
  }, []);
  if (!isOpen) return null;
  return <Palette onClose={closePalette} />;
}
