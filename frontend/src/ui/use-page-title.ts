import { useEffect } from "react";

/** "(3) Notifications · Tocsin": the tab says what waits behind it. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tocsin`;
  }, [title]);
}
