/** An event stream is read to its end, whatever the network does. */

import { afterEach, beforeEach, expect, test } from "vitest";

import { FakeServer, problem } from "@/shared/testing/FakeServer";

import type { StreamEvent } from "./event_stream";
import { follow } from "./follow";
import { ApiProblem } from "./problem";

let server: FakeServer;
const PATH = "/api/v1/generations/g1/events";

beforeEach(() => {
  server = new FakeServer().start();
});
afterEach(() => {
  server.stop();
});

/** A body that arrives in the given pieces, and then ends, breaks, or stays silent. */
function stream(pieces: (string | Uint8Array)[], end: "close" | "break" | AbortSignal = "close"): Response {
  const encoder = new TextEncoder();
  const left = [...pieces];
  return new Response(
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        const piece = left.shift();
        if (piece !== undefined) controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
        else if (end === "close") controller.close();
        else if (end === "break") controller.error(new TypeError("network lost"));
        else await new Promise((_, reject) => { end.addEventListener("abort", () => { reject(new TypeError("aborted")); }); });
      },
    }),
    { headers: { "Content-Type": "text/event-stream" } },
  );
}

async function followed(silenceMs = 5_000) {
  const events: StreamEvent[] = [];
  const connections: boolean[] = [];
  await follow({
    path: PATH,
    signal: new AbortController().signal,
    silenceMs,
    onConnection: (connected) => connections.push(connected),
    onEvent: (event) => {
      events.push(event);
      return event.type === "completed";
    },
  });
  return { events, connections };
}

test("frames are read however they are cut, Korean in the middle too", async () => {
  const bytes = new TextEncoder().encode('id: 1\nevent: delta\ndata: {"text":"화면"}\n\n: quiet\n\nid: 2\r\nevent: completed\r\ndata: {}\r\n\r\n');
  const pieces = [...bytes].map((byte) => new Uint8Array([byte]));
  server.on(`GET ${PATH}`, () => stream(pieces));
  const { events } = await followed();
  expect(events).toEqual([
    { id: "1", type: "delta", data: '{"text":"화면"}' },
    { id: "2", type: "completed", data: "{}" },
  ]);
});

test("a broken connection goes on after the last event, with nothing twice", async () => {
  // R1.9
  server.on(
    `GET ${PATH}`,
    () => stream(["id: 1\nevent: delta\ndata: a\n\nid: 2\nevent: delta\nda"], "break"),
    () => Promise.reject(new TypeError("still lost")),
    () => stream(["id: 2\nevent: delta\ndata: b\n\nid: 3\nevent: completed\ndata: {}\n\n"]),
  );
  const { events, connections } = await followed();
  expect(events.map((event) => event.id)).toEqual(["1", "2", "3"]);
  expect(server.to(`GET ${PATH}`).map((asked) => asked.headers.get("Last-Event-ID"))).toEqual([null, "1", "1"]);
  expect(connections).toContain(false);
  expect(connections.at(-1)).toBe(true);
});

test("a stream that is silent for too long counts as lost", async () => {
  server.on(
    `GET ${PATH}`,
    (asked) => stream(["id: 7\nevent: delta\ndata: a\n\n"], asked.signal),
    () => stream(["id: 8\nevent: completed\ndata: {}\n\n"]),
  );
  const { events } = await followed(60);
  expect(events.map((event) => event.id)).toEqual(["7", "8"]);
  expect(server.to(`GET ${PATH}`)[1]?.headers.get("Last-Event-ID")).toBe("7");
});

test("a refusal is no loss: it is said, and not asked for again", async () => {
  server.on(`GET ${PATH}`, problem(404, "generation_not_found", "There is no such generation."));
  await expect(followed()).rejects.toMatchObject({ status: 404, code: "generation_not_found" });
  await expect(followed()).rejects.toBeInstanceOf(ApiProblem);
  expect(server.asked).toHaveLength(2);
});
