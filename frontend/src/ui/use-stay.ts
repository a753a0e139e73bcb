import { useBlocker } from "@tanstack/react-router";

/** Back, links and closing the tab do not leave as long as it says so; a session that ended is not held up. */
export function useStay(mustStay: () => boolean): void {
  useBlocker({
    shouldBlockFn: ({ next }) => mustStay() && next.pathname !== "/login",
    enableBeforeUnload: mustStay,
  });
}
