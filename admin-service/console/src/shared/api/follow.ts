/** Follows an event stream to its end, whatever the network does: resumes after the last event that came. */

import { readEvents, type StreamEvent } from "./event_stream";
import { apiFetch } from "./fetch";
import { ApiProblem, problemOf } from "./problem";

/** The services send a comment every 10 s. */
const SILENCE_MS = 25_000;
const PAUSES_MS = [250, 500, 1_000, 2_000, 3_000];

interface Options {
  path: string;
  /** True where the event is the stream's last. */
  onEvent: (event: StreamEvent) => boolean;
  onConnection: (connected: boolean) => void;
  signal: AbortSignal;
  silenceMs?: number;
}

/** @throws ApiProblem the stream is refused: no such one, or not ours. */
export async function follow({ path, onEvent, onConnection, signal, silenceMs = SILENCE_MS }: Options): Promise<void> {
  let last = "";
  let failures = 0;
  while (!signal.aborted) {
    try {
      for await (const event of connection(path, last, signal, silenceMs, () => {
        onConnection(true);
      })) {
        failures = 0;
        if (event.id) last = event.id;
        if (onEvent(event)) return;
      }
    } catch (error) {
      if (isRefusal(error)) throw error;
    }
    if (signal.aborted) return;
    onConnection(false);
    await pause(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0, signal);
    failures += 1;
  }
}

async function* connection(
  path: string,
  last: string,
  signal: AbortSignal,
  silenceMs: number,
  onOpen: () => void,
): AsyncGenerator<StreamEvent> {
  const cut = new AbortController();
  const abort = () => {
    cut.abort();
  };
  signal.addEventListener("abort", abort);
  globalThis.addEventListener("offline", abort);
  let timer = setTimeout(abort, silenceMs);
  try {
    const response = await apiFetch(new URL(path, location.origin), {
      headers: { Accept: "text/event-stream", ...(last ? { "Last-Event-ID": last } : {}) },
      signal: cut.signal,
    });
    if (!response.ok || !response.body) throw await problemOf(response);
    onOpen();
    yield* readEvents(response.body, () => {
      clearTimeout(timer);
      timer = setTimeout(abort, silenceMs);
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    globalThis.removeEventListener("offline", abort);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429;
}

/** Ends early when the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    globalThis.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
