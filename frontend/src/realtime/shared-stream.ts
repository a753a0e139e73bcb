import { openEventStream, type StreamState } from "@/realtime/event-stream";
import type { Hint } from "@/realtime/hints";

interface Listener {
  onHint: (hint: Hint) => void;
  onState: (state: StreamState) => void;
}

type Message = { kind: "hint"; hint: Hint } | { kind: "state"; state: StreamState } | { kind: "hello" };

const name = "tocsin-events";

/**
 * One stream per browser: the tab that holds the Web Lock connects and passes everything on to the other tabs.
 * When it closes, the browser gives the lock to the next tab, which connects in its place.
 * Web Locks exist in secure contexts only; elsewhere each tab has its own stream.
 */
export function joinSharedStream(listener: Listener): () => void {
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) return openEventStream(listener);

  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let close: (() => void) | null = null;
  let state: StreamState = "connecting";

  const setState = (next: StreamState) => {
    state = next;
    listener.onState(next);
  };

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === "hello") {
      if (close) send({ kind: "state", state });
    } else if (close) {
      // The leader listens to its own stream only.
    } else if (data.kind === "hint") {
      listener.onHint(data.hint);
    } else {
      setState(data.state);
    }
  };

  const send = (message: Message) => channel.postMessage(message);

  const lead = () =>
    new Promise<void>((release) => {
      const closeStream = openEventStream({
        onHint: (hint) => {
          send({ kind: "hint", hint });
          listener.onHint(hint);
        },
        onState: (next) => {
          send({ kind: "state", state: next });
          setState(next);
        },
      });
      close = () => {
        closeStream();
        release();
      };
    });

  // Rejects when the tab leaves before its turn: nothing to do then.
  navigator.locks.request(name, { signal: leaving.signal }, lead).catch(() => undefined);
  send({ kind: "hello" });

  return () => {
    leaving.abort();
    close?.();
    channel.close();
  };
}
