/** Every request of the console: the CSRF token, one repeat with a new one, and the way to the login page. */

import { csrfToken, renewCsrfToken, signedOut } from "./csrf";
import { NetworkProblem } from "./problem";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
/** A 401 of these is an answer to the person, not the end of a sign-in. */
const SIGNING_IN = /^\/api\/auth\/(login|register|session)/;

export async function apiFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, { credentials: "same-origin", ...init });
  const again = SAFE.has(request.method) ? null : request.clone();
  let response = await send(request);
  if (again && response.status === 403 && (await isCsrfFailure(response)) && (await renewCsrfToken())) {
    response = await send(again);
  }
  if (response.status === 401 && !SIGNING_IN.test(new URL(request.url).pathname)) signedOut();
  return response;
}

async function send(request: Request): Promise<Response> {
  if (!SAFE.has(request.method)) request.headers.set("X-CSRF-Token", csrfToken());
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new NetworkProblem(error);
  }
}

async function isCsrfFailure(response: Response): Promise<boolean> {
  const text = await response
    .clone()
    .text()
    .catch(() => "");
  return text.includes('"csrf_failed"');
}
