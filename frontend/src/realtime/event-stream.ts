import { type Hint, hintNames, readHint } from "@/realtime/hints";

export type StreamState = "connecting" | "live" | "reconnecting" | "offline";

interface Listener {
  onHint: (hint: Hint) => void;
  onState: (state: StreamState) => void;
}

const url = "/api/v1/admin/events";
const firstWait = 1_000;
const longestWait = 30_000;

/** One connection to the event stream that comes back by itself; the returned function closes it. */
export function openEventStream({ onHint, onState }: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let wasLive = false;

  const connect = () => {
    clearTimeout(timer);
    source?.close();
    if (!navigator.onLine) {
      onState("offline");
      return;
    }
    onState(wasLive || failures > 0 ? "reconnecting" : "connecting");
    source = new EventSource(url);
    for (const name of hintNames) {
      source.addEventListener(name, (event) => {
        // The first event of every connection is `resync`: only then is the stream known to deliver.
        if (name === "resync") {
          failures = 0;
          wasLive = true;
          onState("live");
        }
        onHint(readHint(name, event.data));
      });
    }
    source.onerror = () => {
      // The browser's own retry knows neither back-off nor a 429, so that each end is ours to follow up.
      source?.close();
      failures += 1;
      onState(navigator.onLine ? "reconnecting" : "offline");
      const wait = Math.min(longestWait, firstWait * 2 ** (failures - 1));
      timer = setTimeout(connect, wait * (0.5 + Math.random() / 2));
    };
  };

  const goOffline = () => {
    source?.close();
    clearTimeout(timer);
    onState("offline");
  };

  window.addEventListener("online", connect);
  window.addEventListener("offline", goOffline);
  connect();
  return () => {
    window.removeEventListener("online", connect);
    window.removeEventListener("offline", goOffline);
    clearTimeout(timer);
    source?.close();
  };
}
