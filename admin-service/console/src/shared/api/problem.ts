/** What a request failed of: RFC 9457 problems, and the network itself. */

export interface FieldProblem {
  field: string;
  message: string;
  code?: string;
}

export interface ProblemDocument {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  trace_id?: string;
  errors?: FieldProblem[];
}

export class ApiProblem extends Error {
  override readonly name = "ApiProblem";

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly title: string = "",
    readonly errors: readonly FieldProblem[] = [],
    readonly traceId: string | null = null,
    readonly retryAfterS: number | null = null,
    /** What else the problem says, by the names of its `code`. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail || title || code);
  }
}

/** The network gave no answer at all. */
export class NetworkProblem extends ApiProblem {
  constructor(cause: unknown) {
    super(0, "network_lost", cause instanceof Error ? cause.message : String(cause));
  }
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text().catch(() => "");
  let document: ProblemDocument = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) document = parsed;
  } catch {
    document = {};
  }
  return problemFrom(response, document);
}

/** Of a document that came by another way than as an answer: as the last event of a stream. */
export function problemFrom(response: { status: number; statusText?: string; headers?: Headers }, document: ProblemDocument): ApiProblem {
  const retryAfter = Number.parseInt(response.headers?.get("Retry-After") ?? "", 10);
  return new ApiProblem(
    response.status,
    document.code ?? `http_${String(response.status)}`,
    document.detail ?? "",
    document.title ?? response.statusText ?? "",
    Array.isArray(document.errors) ? document.errors : [],
    document.trace_id ?? response.headers?.get("X-Trace-Id") ?? null,
    Number.isNaN(retryAfter) ? null : retryAfter,
    { ...document },
  );
}

export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new NetworkProblem(error);
}

/** The problem's messages by field, for a form; `body.` and indexes as the form names them. */
export function fieldErrors(problem: ApiProblem): Record<string, string> {
  return Object.fromEntries(problem.errors.map((error) => [error.field.replace(/^body\./, ""), error.message]));
}
