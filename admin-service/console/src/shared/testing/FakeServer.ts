/** A stand-in for the gateway: answers by method and path, and remembers what was asked. */

import { vi } from "vitest";

export interface Asked {
  method: string;
  path: string;
  search: URLSearchParams;
  headers: Headers;
  signal: AbortSignal;
  body: unknown;
}

type Answer = Response | ((asked: Asked) => Response | Promise<Response>);

export class FakeServer {
  readonly asked: Asked[] = [];
  private readonly answers = new Map<string, Answer[]>();

  /** Several answers for one path are given in turn; the last one stays. */
  on(route: string, ...answers: Answer[]): this {
    this.answers.set(route, answers);
    return this;
  }

  /** Takes the place of the network for the test. */
  start(): this {
    vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => this.answer(new Request(input, init)));
    return this;
  }

  stop(): void {
    vi.unstubAllGlobals();
  }

  to(route: string): Asked[] {
    return this.asked.filter((one) => `${one.method} ${one.path}` === route);
  }

  private async answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const text = request.body === null ? "" : await request.text();
    const asked: Asked = {
      method: request.method,
      path: url.pathname,
      search: url.searchParams,
      headers: request.headers,
      signal: request.signal,
      body: text && request.headers.get("Content-Type")?.includes("json") ? (JSON.parse(text) as unknown) : text || null,
    };
    this.asked.push(asked);
    const answers = this.answers.get(`${asked.method} ${asked.path}`);
    const answer = answers && answers.length > 1 ? answers.shift() : answers?.[0];
    if (answer === undefined) return problem(404, "not_found", `no answer for ${asked.method} ${asked.path}`);
    return typeof answer === "function" ? answer(asked) : answer.clone();
  }
}

export function json(data: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(data), { status, headers: { "Content-Type": "application/json", ...headers } });
}

export function problem(status: number, code: string, detail: string, errors: object[] = []): Response {
  return new Response(JSON.stringify({ type: "about:blank", title: "", status, code, detail, errors, trace_id: "t1" }), {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });
}

/** An event stream that is told at once. */
export function events(...told: [type: string, data: unknown][]): Response {
  const text = told.map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`).join("");
  return new Response(text, { status: 200, headers: { "Content-Type": "text/event-stream" } });
}
