import { useSyncExternalStore } from "react";

/** WCAG 2.1.4: shortcuts of a single key can be switched off, for those who dictate or slip. */
const key = "tocsin-single-key-shortcuts";
const listeners = new Set<() => void>();

export function singleKeysAreOn(): boolean {
  return localStorage.getItem(key) !== "off";
}

export function switchSingleKeys(isOn: boolean): void {
  localStorage.setItem(key, isOn ? "on" : "off");
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

export function useSingleKeysOn(): boolean {
  return useSyncExternalStore(subscribe, singleKeysAreOn);
}
