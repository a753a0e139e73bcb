import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { type HintBatch, subscribeToHints } from "@/realtime/hint-bus";
import { useRealtime } from "@/realtime/use-realtime";
import { FakeEventSource } from "@/testing/browser";

beforeEach(() => {
  vi.useFakeTimers();
  Reflect.deleteProperty(navigator, "locks");
});
afterEach(() => {
  vi.advanceTimersByTime(500); // what still waits in the bus belongs to this test
  vi.useRealTimers();
});

function start() {
  const batches: HintBatch[] = [];
  const onUnreadCount = vi.fn();
  onTestFinished(subscribeToHints((hints) => batches.push(hints)));
  const { unmount } = renderHook(() => useRealtime(onUnreadCount));
  onTestFinished(unmount);
  return { batches, onUnreadCount, stream: () => FakeEventSource.open.at(-1) };
}

const wait = (time: number) => act(() => vi.advanceTimersByTime(time));

test("the count of a hint is passed on at once, before anything is fetched", () => {
  const { onUnreadCount, stream } = start();
  act(() => stream()?.say("notification.created", { id: 4, unread_count: 12 }));
  expect(onUnreadCount).toHaveBeenCalledExactlyOnceWith(12);
});

test("a burst of hints is delivered as one batch after a moment", () => {
  const { batches, stream } = start();
  act(() => {
    for (let id = 1; id <= 50; id += 1) stream()?.say("notification.created", { id, unread_count: id });
  });
  expect(batches).toHaveLength(0);
  wait(500);
  expect(batches.map((batch) => batch.length)).toEqual([50]);
});

test("without a live stream everything shown is asked again every minute", () => {
  const { batches } = start();
  wait(60_500);
  expect(batches).toEqual([[{ name: "resync", id: null, unreadCount: null }]]);
  wait(60_000);
  expect(batches).toHaveLength(2);
});

test("while the stream is live there is no polling", () => {
  const { batches, stream } = start();
  act(() => stream()?.say("resync"));
  wait(500);
  expect(batches).toHaveLength(1);
  wait(300_000);
  expect(batches).toHaveLength(1);
});

test("a body that cannot be read still says that something has changed", () => {
  const { batches, onUnreadCount, stream } = start();
  act(() => stream()?.say("alert.changed", "nonsense"));
  wait(500);
  expect(batches).toEqual([[{ name: "alert.changed", id: null, unreadCount: null }]]);
  expect(onUnreadCount).not.toHaveBeenCalled();
});
