/** A stream that is asked for by POST and told once: a trial, a run of the index. It is not resumed. */

import { readEvents, type StreamEvent } from "./event_stream";
import { apiFetch } from "./fetch";
import { problemFrom, problemOf, type ProblemDocument } from "./problem";

/**
 * Gives the events to their end; a `failed` one is thrown.
 *
 * @throws ApiProblem the request was refused, or what it asked for failed on the way.
 */
export async function* streamOf(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<StreamEvent> {
  const response = await apiFetch(new URL(path, location.origin), {
    method: "POST",
    headers: { Accept: "text/event-stream", "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null) throw await problemOf(response);
  for await (const event of readEvents(response.body)) {
    if (event.type === "failed") {
      const document = JSON.parse(event.data) as ProblemDocument;
      throw problemFrom({ status: document.status ?? 500 }, document);
    }
    yield event;
  }
}
