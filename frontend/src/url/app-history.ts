import { createBrowserHistory, type RouterHistory } from "@tanstack/react-router";

/**
 * The browser's history, in which nothing is put beside its twin: what is replaced by the very address below it, as a
 * dialog that is closed, goes back to that one. Else the next Back would seem to do nothing.
 */
export function createAppHistory(): RouterHistory {
  const history = createBrowserHistory();
  const { push, replace } = history;
  // By place in the tab's history. After a reload nothing is known of what is below, and replacing is right again.
  const addresses = new Map<number, string>();
  let isReturning = false;

  history.push = (path, state, options) => {
    addresses.set(placeOf(history), history.location.href);
    push(path, state, options);
  };
  history.replace = (path, state, options) => {
    const place = placeOf(history);
    if (addresses.get(place - 1) !== path) {
      addresses.set(place, path);
      replace(path, state, options);
      return;
    }
    // The browser takes its time: who closes twice must not leave the page.
    if (isReturning) return;
    isReturning = true;
    window.addEventListener("popstate", () => setTimeout(() => (isReturning = false)), { once: true });
    history.back();
  };
  return history;
}

function placeOf({ location }: RouterHistory): number {
  return location.state.__TSR_index;
}
