import { waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { StreamState } from "@/realtime/event-stream";
import type { Hint } from "@/realtime/hints";
import { joinSharedStream } from "@/realtime/shared-stream";
import { FakeEventSource } from "@/testing/browser";

const leaving: (() => void)[] = [];
afterEach(() => {
  for (const leave of leaving.splice(0)) leave();
  vi.useRealTimers();
});

function openTab() {
  const hints: Hint[] = [];
  const states: StreamState[] = [];
  const leave = joinSharedStream({ onHint: (hint) => hints.push(hint), onState: (state) => states.push(state) });
  leaving.push(leave);
  return { hints, states, leave };
}

async function theStream(): Promise<FakeEventSource> {
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  const [stream] = FakeEventSource.open;
  if (!stream) throw new Error("No stream is open");
  return stream;
}

describe("one stream per browser", () => {
  test("the first tab connects, and what it hears reaches the other tab too", async () => {
    const leader = openTab();
    const follower = openTab();
    const stream = await theStream();
    expect(stream.url).toBe("/api/v1/admin/events");
    stream.say("resync");
    stream.say("notification.created", { id: 9, unread_count: 4 });
    const created = { name: "notification.created", id: 9, unreadCount: 4 };
    await waitFor(() => expect(follower.hints).toContainEqual(created));
    expect(leader.hints).toContainEqual(created);
    expect([leader.states.at(-1), follower.states.at(-1)]).toEqual(["live", "live"]);
    expect(FakeEventSource.opened).toHaveLength(1);
  });

  test("a tab that opens later is told that the stream is live", async () => {
    openTab();
    (await theStream()).say("resync");
    const later = openTab();
    await waitFor(() => expect(later.states).toEqual(["live"]));
  });

  test("when the leading tab closes, the next one connects in its place", async () => {
    const leader = openTab();
    const follower = openTab();
    const first = await theStream();
    leader.leave();
    expect(first.isClosed).toBe(true);
    const second = await theStream();
    second.say("alert.changed", { id: 5 });
    expect(follower.hints.at(-1)).toEqual({ name: "alert.changed", id: 5, unreadCount: null });
    expect(leader.hints).toEqual([]);
  });

  test("without Web Locks each tab has its own stream", () => {
    Reflect.deleteProperty(navigator, "locks");
    openTab();
    openTab();
    expect(FakeEventSource.open).toHaveLength(2);
  });
});

describe("a stream that drops", () => {
  test("it is live only after the server's first event, and connects again when it fails", () => {
    vi.useFakeTimers();
    Reflect.deleteProperty(navigator, "locks");
    const { states } = openTab();
    expect(states).toEqual(["connecting"]);
    FakeEventSource.open[0]?.say("resync");
    FakeEventSource.open[0]?.fail();
    expect(states).toEqual(["connecting", "live", "reconnecting"]);
    expect(FakeEventSource.open).toHaveLength(0);
    vi.advanceTimersByTime(1_000);
    expect(FakeEventSource.open).toHaveLength(1);
    FakeEventSource.open[0]?.say("resync");
    expect(states.at(-1)).toBe("live");
  });

  test("it waits longer after each failure, and at most half a minute", () => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(1);
    Reflect.deleteProperty(navigator, "locks");
    openTab();
    for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      FakeEventSource.open[0]?.fail();
      vi.advanceTimersByTime(wait - 1);
      expect(FakeEventSource.open).toHaveLength(0);
      vi.advanceTimersByTime(1);
      expect(FakeEventSource.open).toHaveLength(1);
    }
  });

  test("offline it does not try, and back online it connects at once", () => {
    Reflect.deleteProperty(navigator, "locks");
    const { states } = openTab();
    window.dispatchEvent(new Event("offline"));
    expect(states.at(-1)).toBe("offline");
    expect(FakeEventSource.open).toHaveLength(0);
    window.dispatchEvent(new Event("online"));
    expect(FakeEventSource.open).toHaveLength(1);
  });
});
