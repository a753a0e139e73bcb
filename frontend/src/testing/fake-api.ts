import type { Notification, Problem, User } from "@/api/types";
import { sampleExceptionStats } from "@/testing/order-samples";
import { sampleProblem, sampleStats, sampleSummary, sampleUser } from "@/testing/samples";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly ids: readonly number[];
}

/** A `Response` as it is, anything else as the JSON of a 200. */
type Handler = (call: Call) => unknown;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
}

const notificationsPath = "/api/v1/admin/notifications";

/** The API as far as the pages ask for it, at the level of `fetch`; what a test adds goes before. */
export class FakeApi {
  readonly calls: Call[] = [];
  user: User | null = sampleUser();
  notifications: Notification[] = [];
  /** Counts what is unread when null. */
  unreadCount: number | null = null;
  seenUpTo = Number.POSITIVE_INFINITY;
  private readonly routes: Route[] = [];

  constructor() {
    this.addDefaults();
    globalThis.fetch = (input, init) => this.answer(new Request(input, init));
  }

  /** `on("PUT /api/v1/admin/notifications/{id}/read", ...)`: the last that fits answers. */
  on(what: string, handler: Handler): void {
    const [method = "", path = ""] = what.split(" ");
    this.routes.unshift({ method, pattern: new RegExp(`^${path.replaceAll("{id}", "(\\d+)")}$`), handler });
  }

  callsTo(what: string): Call[] {
    return this.calls.filter(({ method, path }) => `${method} ${path}` === what);
  }

  private async answer(request: Request): Promise<Response> {
    const { pathname: path, searchParams: query } = new URL(request.url);
    const text = await request.text();
    const body: unknown = text === "" ? null : JSON.parse(text);
    for (const { method, pattern, handler } of this.routes) {
      const found = method === request.method ? pattern.exec(path) : null;
      if (!found) continue;
      const call = { method, path, query, body, ids: found.slice(1).map(Number) };
      this.calls.push(call);
      const answer = await handler(call);
      return answer instanceof Response ? answer : Response.json(answer);
    }
    throw new Error(`The fake API has no ${request.method} ${path}`);
  }

  private addDefaults(): void {
    const empty = () => ({ items: [], next_cursor: null });
    for (const name of ["stores", "merchants", "users", "imports", "jobs", "orders", "order-exceptions"])
      this.on(`GET /api/v1/admin/${name}`, empty);
    this.on("GET /api/v1/admin/delivery/destinations/personal", () => ({ items: [] }));
    this.on("GET /api/v1/admin/delivery/summary", () => sampleSummary());
    this.on("GET /api/v1/auth/me", () => this.user ?? problem(401));
    this.on("GET /api/v1/admin/order-exceptions/stats", () => sampleExceptionStats());
    this.on(`GET ${notificationsPath}/alerts`, empty);
    this.on(`GET ${notificationsPath}/alerts/stats`, () => sampleStats());
    this.on(`GET ${notificationsPath}`, ({ query }) => ({ items: this.filtered(query), next_cursor: null }));
    this.on(`GET ${notificationsPath}/{id}`, ({ ids: [id] }) => {
      return this.notifications.find((item) => item.id === id) ?? problem(404);
    });
    this.on(`GET ${notificationsPath}/recent`, () => {
      const items = this.unread();
      return { items, unread_count: this.count(), new_count: items.filter(({ id }) => id > this.seenUpTo).length };
    });
    this.on(`GET ${notificationsPath}/unread-count`, () => {
      const of = (priority: string) => this.unread().filter((item) => item.priority === priority).length;
      const by_priority = { critical: of("critical"), high: of("high"), normal: of("normal"), low: of("low") };
      return { unread_count: this.count(), by_priority };
    });
    this.on(`PUT ${notificationsPath}/seen`, ({ body }) => {
      this.seenUpTo = (body as { up_to_id: number }).up_to_id;
      return { last_seen_id: this.seenUpTo };
    });
    for (const [name, is_read] of [
      ["read", true],
      ["unread", false],
    ] as const) {
      this.on(`PUT ${notificationsPath}/{id}/${name}`, ({ ids }) => {
        this.change(ids, is_read);
        return this.notifications.find(({ id }) => ids.includes(id)) ?? problem(404);
      });
    }
    this.on(`POST ${notificationsPath}/bulk`, ({ body }) => {
      const { ids, action } = body as { ids: number[]; action: string };
      if (action === "delete") this.notifications = this.notifications.filter(({ id }) => !ids.includes(id));
      else this.change(ids, action === "read");
      return { done_count: ids.length, failed: [] };
    });
  }

  private unread(): Notification[] {
    return this.notifications.filter(({ is_read }) => !is_read);
  }

  private count(): number {
    return this.unreadCount ?? this.unread().length;
  }

  private change(ids: readonly number[], is_read: boolean): void {
    this.notifications = this.notifications.map((item) => (ids.includes(item.id) ? { ...item, is_read } : item));
  }

  private filtered(query: URLSearchParams): Notification[] {
    const priorities = query.getAll("priority");
    const isRead = query.get("is_read");
    return this.notifications.filter(
      ({ priority, is_read, title }) =>
        (priorities.length === 0 || priorities.includes(priority)) &&
        (isRead === null || String(is_read) === isRead) &&
        title.toLowerCase().includes((query.get("q") ?? "").toLowerCase()),
    );
  }
}

export function problem(status: number, part: Partial<Problem> = {}, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(sampleProblem(status, part)), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}

/** An answer that waits until the test lets it go. */
export function held<T>(): { promise: Promise<T>; release: (answer: T) => void } {
  let release: (answer: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}
