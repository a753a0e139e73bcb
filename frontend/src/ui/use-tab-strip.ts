import { useEffect, useRef } from "react";

/** As wide as the fade in `tab-panel.module.css`: the active tab is never under it. */
const fade = 32;

/**
 * A row of tabs that scrolls: the active one stays in sight, also when a count that comes later moves it, and
 * `data-before` and `data-after` say where there are more, for the fade at that edge.
 */
export function useTabStrip(active: string) {
  const strip = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const { current: list } = strip;
    if (!list || active === "") return undefined;
    const arrange = () => {
      reveal(list);
      markEdges(list);
    };
    const watch = new ResizeObserver(arrange);
    for (const element of [list, ...list.children]) watch.observe(element);
    const onScroll = () => markEdges(list);
    list.addEventListener("scroll", onScroll, { passive: true });
    arrange();
    return () => {
      watch.disconnect();
      list.removeEventListener("scroll", onScroll);
    };
  }, [active]);
  return strip;
}

/** Sideways only: `scrollIntoView` would move the page as well, under whoever reads further down. */
function reveal(list: HTMLElement): void {
  const tab = list.querySelector('[role="tab"][aria-selected="true"]')?.getBoundingClientRect();
  const { left, right } = list.getBoundingClientRect();
  if (!tab) return;
  if (tab.left < left + fade) list.scrollLeft -= left + fade - tab.left;
  else if (tab.right > right - fade) list.scrollLeft += tab.right - right + fade;
}

function markEdges(list: HTMLElement): void {
  const { scrollLeft, scrollWidth, clientWidth } = list;
  // A pixel: widths are rounded, places are not.
  list.toggleAttribute("data-before", scrollLeft > 1);
  list.toggleAttribute("data-after", scrollLeft + clientWidth < scrollWidth - 1);
}
