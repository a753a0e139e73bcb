import { useEffect, useSyncExternalStore } from "react";
import { arrived, readPresence, writtenPresence } from "@/features/summary/presence";

const MINUTE = 60_000;
const signs = ["pointermove", "pointerdown", "keydown", "visibilitychange"] as const;
const listeners = new Set<() => void>();

let watched: number | null = null;
let noticedAt = 0;

/** Kept for each person, in this browser: what an open tab notices holds for the others. */
const keyOf = (userId: number) => `tocsin-presence-${userId}`;

/** Since when this person was away and has not been told of it; null when there is nothing to tell. */
export function useAbsence(userId: number): number | null {
  useEffect(() => watch(userId), [userId]);
  return useSyncExternalStore(subscribe, () => sinceOf(userId));
}

/** Also before they are noticed: what is to be told has its room on the page from the first moment. */
function sinceOf(userId: number): number | null {
  const kept = readPresence(localStorage.getItem(keyOf(userId)));
  return kept !== null && watched === userId ? kept.since : arrived(kept, Date.now()).since;
}

export function dismissAbsence(userId: number): void {
  localStorage.setItem(keyOf(userId), writtenPresence({ here: Date.now(), since: null }));
  tell();
}

/** From now on, on whatever page: who works elsewhere is not away. */
function watch(userId: number): void {
  if (watched === null) for (const sign of signs) document.addEventListener(sign, notice, { passive: true });
  watched = userId;
  noticedAt = 0;
  notice();
}

function notice(): void {
  const now = Date.now();
  if (watched === null || document.visibilityState === "hidden" || now - noticedAt < MINUTE) return;
  noticedAt = now;
  const key = keyOf(watched);
  localStorage.setItem(key, writtenPresence(arrived(readPresence(localStorage.getItem(key)), now)));
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
