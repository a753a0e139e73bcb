import createFetchClient, { type Middleware } from "openapi-fetch";
import { problemOf, UnreachableError } from "@/api/problem";
import type { paths } from "@/api/schema";

type Listener = () => void;
const signedOutListeners = new Set<Listener>();

/** Called when any request is answered 401: the session has ended, wherever the user was. */
export function onSignedOut(listener: Listener): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** 401 here means wrong credentials or "not signed in yet", which the caller itself deals with. */
const answersUnauthenticated = ["/api/v1/auth/login", "/api/v1/auth/me"];

export function announceIfSignedOut(status: number, path: string): void {
  if (status !== 401 || answersUnauthenticated.includes(path)) return;
  for (const listener of signedOutListeners) listener();
}

const problems: Middleware = {
  async onResponse({ response, schemaPath }) {
    if (response.ok || response.status === 304) return;
    announceIfSignedOut(response.status, schemaPath);
    throw await problemOf(response);
  },
  onError({ error }) {
    // An aborted request is no failure: TanStack Query ignores it under its own name.
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return new UnreachableError(error);
  },
};

export const client = createFetchClient<paths>({
  baseUrl: window.location.origin,
  // Looked up at each call, so that tests can put their fake in its place.
  fetch: (request) => globalThis.fetch(request),
});
client.use(problems);

/** For calls that a double click must not run twice. */
export function idempotent(): { "Idempotency-Key": string } {
  return { "Idempotency-Key": randomId() };
}

/** `crypto.randomUUID` exists in secure contexts only, and a LAN address over http is none. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
