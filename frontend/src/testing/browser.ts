import { computedStyle } from "@/testing/computed-style";

/** What the pages use of a browser and jsdom lacks, as small as the tests allow. */

/** A stream that only the test speaks through. */
export class FakeEventSource extends EventTarget {
  static readonly opened: FakeEventSource[] = [];
  static get open(): FakeEventSource[] {
    return FakeEventSource.opened.filter(({ isClosed }) => !isClosed);
  }

  readonly url: string;
  isClosed = false;
  onerror: ((event: Event) => void) | null = null;

  constructor(url: string) {
    super();
    this.url = url;
    FakeEventSource.opened.push(this);
  }

  say(name: string, data: unknown = {}): void {
    if (!this.isClosed) this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }

  fail(): void {
    this.onerror?.(new Event("error"));
  }

  close(): void {
    this.isClosed = true;
  }
}

/** All "tabs" of a test live in one window. */
export class FakeBroadcastChannel {
  static readonly joined = new Set<FakeBroadcastChannel>();
  readonly name: string;
  onmessage: ((event: MessageEvent) => void) | null = null;

  constructor(name: string) {
    this.name = name;
    FakeBroadcastChannel.joined.add(this);
  }

  postMessage(data: unknown): void {
    for (const other of [...FakeBroadcastChannel.joined]) {
      if (other === this || other.name !== this.name) continue;
      queueMicrotask(() => {
        if (FakeBroadcastChannel.joined.has(other)) other.onmessage?.(new MessageEvent("message", { data }));
      });
    }
  }

  close(): void {
    FakeBroadcastChannel.joined.delete(this);
  }
}

/** Exclusive locks, first come first served. */
export class FakeLocks {
  private readonly lines = new Map<string, Promise<unknown>>();

  request(name: string, { signal }: { signal?: AbortSignal }, hold: () => Promise<unknown>): Promise<unknown> {
    const before = this.lines.get(name) ?? Promise.resolve();
    const turn = before.then(() => {
      if (signal?.aborted) throw new DOMException("Left the line", "AbortError");
      return hold();
    });
    this.lines.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }
}

class FakeResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const desktop = { width: 1280, hasMouse: true };
let screen = desktop;

/** 390 px, touched; until the end of the test. */
export function becomePhone(): void {
  screen = { width: 390, hasMouse: false };
}

function matches(media: string): boolean {
  const minimum = /min-width: ([\d.]+)em/.exec(media)?.[1];
  if (minimum !== undefined) return screen.width >= Number(minimum) * 16;
  return screen.hasMouse && /hover: hover|pointer: fine/.test(media);
}

/** In light colours. */
function matchMedia(media: string): MediaQueryList {
  const list = { media, matches: matches(media), onchange: null, addListener() {}, removeListener() {} };
  // `as`: EventTarget brings the rest of the interface.
  return Object.assign(new EventTarget(), list) as MediaQueryList;
}

const openPopovers = new WeakSet<Element>();

function setPopover(panel: HTMLElement, isOpen: boolean): void {
  if (openPopovers.has(panel) === isOpen) return;
  if (isOpen) openPopovers.add(panel);
  else openPopovers.delete(panel);
  panel.style.display = isOpen ? "block" : "";
  const newState = isOpen ? "open" : "closed";
  queueMicrotask(() => panel.dispatchEvent(Object.assign(new Event("toggle"), { newState })));
}

const popovers = {
  showPopover(this: HTMLElement) {
    setPopover(this, true);
  },
  hidePopover(this: HTMLElement) {
    setPopover(this, false);
  },
  togglePopover(this: HTMLElement) {
    setPopover(this, !openPopovers.has(this));
  },
};

export function installBrowser(): void {
  Object.assign(window, {
    matchMedia,
    ResizeObserver: FakeResizeObserver,
    EventSource: FakeEventSource,
    BroadcastChannel: FakeBroadcastChannel,
    getComputedStyle: computedStyle,
    scrollTo() {},
    scrollBy() {},
  });
  Object.assign(document, { fonts: new EventTarget() });
  Object.assign(Element.prototype, { scrollIntoView() {} });
  Object.assign(HTMLElement.prototype, popovers);
  // Files share a window: the same function twice is one listener.
  document.addEventListener("click", togglePopoverOfButton);
}

function togglePopoverOfButton({ target }: MouseEvent): void {
  const id = target instanceof Element ? target.closest("[popovertarget]")?.getAttribute("popovertarget") : null;
  if (id) document.getElementById(id)?.togglePopover();
}

/** Before each test: a desktop's browser, nobody is connected, nobody leads. */
export function resetBrowser(): void {
  screen = desktop;
  FakeEventSource.opened.length = 0;
  FakeBroadcastChannel.joined.clear();
  Object.defineProperty(navigator, "locks", { configurable: true, value: new FakeLocks() });
  localStorage.clear();
}
