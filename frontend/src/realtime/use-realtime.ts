import { useEffect } from "react";
import { takeHint } from "@/realtime/hint-bus";
import { joinSharedStream } from "@/realtime/shared-stream";
import { readStreamState, setStreamState } from "@/realtime/stream-state";

const pollEvery = 60_000;

/** Connects this tab to the stream; while there is none, a minute's poll stands in for it. */
export function useRealtime(onUnreadCount: (count: number) => void): void {
  useEffect(() => {
    const leave = joinSharedStream({
      onState: setStreamState,
      onHint: (hint) => {
        if (hint.unreadCount !== null) onUnreadCount(hint.unreadCount);
        takeHint(hint);
      },
    });
    const poll = setInterval(() => {
      const state = readStreamState();
      if (state === "live" || state === "offline") return;
      takeHint({ name: "resync", id: null, unreadCount: null });
    }, pollEvery);
    return () => {
      clearInterval(poll);
      leave();
    };
  }, [onUnreadCount]);
}
