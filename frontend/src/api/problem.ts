import type { FieldError, Problem } from "@/api/types";

/** The server answered, with RFC 9457 problem details. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** What support needs to find the request in the logs. */
  readonly requestId: string | null;
  readonly retryAfter: number | null;

  constructor(problem: Problem, response: Pick<Response, "headers">) {
    super(problem.title);
    this.name = "ProblemError";
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.errors = problem.errors;
    this.requestId = response.headers.get("X-Request-ID");
    this.retryAfter = secondsOf(response.headers.get("Retry-After"));
  }
}

/** No answer at all: offline, or the server is away. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super("The server cannot be reached", { cause });
    this.name = "UnreachableError";
  }
}

/** Why a query has nothing to show: offline it is only paused, without any end or error. */
export function failureOf(query: { error: unknown; isPending: boolean; fetchStatus: string }): unknown {
  return query.isPending && query.fetchStatus === "paused" ? new UnreachableError("offline") : query.error;
}

export async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null);
  return new ProblemError(isProblem(body) ? withErrors(body) : unnamed(response), response);
}

export function isProblemWith(error: unknown, status: number): error is ProblemError {
  return error instanceof ProblemError && error.status === status;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "status" in body && "code" in body;
}

function withErrors(body: Problem): Problem {
  return { ...body, errors: Array.isArray(body.errors) ? body.errors : [] };
}

/** A proxy's error page, say: no problem document, but a status all the same. */
function unnamed(response: Response): Problem {
  return {
    type: "about:blank",
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    detail: "",
    code: `http_${response.status}`,
    errors: [],
  };
}

function secondsOf(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) ? seconds : null;
}
