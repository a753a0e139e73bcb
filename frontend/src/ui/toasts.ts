/** Short messages at the edge of the page; `ui/toast-region.tsx` shows them. */
export interface Toast {
  readonly id: number;
  readonly kind: "done" | "failed" | "critical";
  readonly message: string;
  readonly detail?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

type Listener = () => void;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<Listener>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();

const shownAtOnce = 3;
/** Long enough to reach "Undo" by keyboard. What is critical stays until it is closed. */
const shownFor: Record<Toast["kind"], number | null> = { done: 7_000, failed: 12_000, critical: null };

export function showToast(toast: Omit<Toast, "id">): void {
  lastId += 1;
  const added = { ...toast, id: lastId };
  publish([...toasts, added].slice(-shownAtOnce));
  resumeToast(added);
}

export function dismissToast(id: number): void {
  pauseToast(id);
  publish(toasts.filter((toast) => toast.id !== id));
}

/** Whoever signs in next must not read what the last user was told. */
export function dismissAll(): void {
  for (const { id } of toasts) dismissToast(id);
}

/** A pointer or the focus is on it: it must not vanish now. */
export function pauseToast(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

export function resumeToast({ id, kind }: Toast): void {
  const wait = shownFor[kind];
  if (wait !== null)
    timers.set(
      id,
      setTimeout(() => dismissToast(id), wait),
    );
}

export function readToasts(): readonly Toast[] {
  return toasts;
}

export function subscribeToToasts(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}
