/** The socket loses nothing and repeats nothing, whatever the network does. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ChatSocket, type Frame } from "./ChatSocket";

class FakeSocket {
  readyState: number = WebSocket.CONNECTING;
  readonly sent: Record<string, unknown>[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: string) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  open(from = 0): void {
    this.readyState = WebSocket.OPEN;
    this.says({ type: "resume", from, last_seq: from, running: null });
  }

  says(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  breaks(code = 1006): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code });
  }
}

let sockets: FakeSocket[];
let frames: Frame[];
let connections: boolean[];
let ends: string[];
let chat: ChatSocket;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  frames = [];
  connections = [];
  ends = [];
  chat = new ChatSocket(
    "s1",
    {
      onFrame: (frame) => frames.push(frame),
      onConnection: (connected) => connections.push(connected),
      onEnd: (reason) => ends.push(reason),
    },
    (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  );
});
afterEach(() => {
  chat.close();
  vi.useRealTimers();
});

const socket = (at: number) => sockets[at] as FakeSocket;

test("after a loss it goes on behind the last frame, and drops what it has", () => {
  // R3.4
  socket(0).open(3);
  socket(0).says({ type: "ai_chunk", seq: 4, chunk: "a" });
  socket(0).breaks();
  expect(connections).toEqual([true, false]);
  vi.advanceTimersByTime(1_000);
  expect(new URL(socket(1).url).searchParams.get("resume_from")).toBe("4");
  socket(1).open(4);
  socket(1).says({ type: "ai_chunk", seq: 4, chunk: "a" });
  socket(1).says({ type: "ai_chunk", seq: 5, chunk: "b" });
  expect(frames.filter((frame) => frame.type === "ai_chunk").map((frame) => frame.seq)).toEqual([4, 5]);
});

test("a message that may be lost is sent again under the same id, until the session shows it", () => {
  chat.send("hello", "c1");
  expect(socket(0).sent).toEqual([]);
  socket(0).open();
  expect(socket(0).sent).toEqual([{ type: "chat_message", client_id: "c1", message: "hello" }]);
  socket(0).breaks();
  vi.advanceTimersByTime(1_000);
  socket(1).open();
  expect(socket(1).sent).toHaveLength(1);
  socket(1).says({ type: "user_message", seq: 1, client_id: "c1" });
  socket(1).breaks();
  vi.advanceTimersByTime(1_000);
  socket(2).open(1);
  expect(socket(2).sent).toEqual([]);
});

test("a silent connection is given up", () => {
  socket(0).open();
  vi.advanceTimersByTime(15_000);
  expect(socket(0).sent.at(-1)).toMatchObject({ type: "ping" });
  socket(0).says({ type: "pong", id: "alive" });
  vi.advanceTimersByTime(15_000);
  expect(connections).toEqual([true]);
  vi.advanceTimersByTime(15_000);
  expect(connections).toEqual([true, false]);
});

test("a void sign-in and a deleted session end it for good", () => {
  socket(0).open();
  socket(0).breaks(4404);
  vi.advanceTimersByTime(60_000);
  expect(ends).toEqual(["deleted"]);
  expect(sockets).toHaveLength(1);
});

test("the network that comes back is used at once", () => {
  socket(0).open();
  globalThis.dispatchEvent(new Event("offline"));
  expect(connections).toEqual([true, false]);
  globalThis.dispatchEvent(new Event("online"));
  expect(sockets).toHaveLength(2);
});
