/** What a conversation shows, frame by frame. */

import { expect, test } from "vitest";

import { EMPTY, reduce, type Change, type Conversation, type Message } from "./conversation";

const stored = (turn: number, role: string, content: string, status = "complete") =>
  ({ id: `${role}${String(turn)}`, turn, role, content, status, created_at: "2026-01-01", warnings: [], citations: [] }) as unknown as Message;

const frame = (type: string, members: object): Change => ({ kind: "frame", frame: { type, ...members } });
const BEGUN = frame("user_message", { seq: 1, message_id: "user2", answer_id: "assistant2", turn: 2, message: "why?", client_id: "c1" });

function play(...changes: Change[]): Conversation {
  return changes.reduce(reduce, EMPTY);
}
const says = (conversation: Conversation) => conversation.messages.map((message) => message.content);

test("an answer grows by its chunks, and ends as it was stored", () => {
  // R3.4
  const before = play({ kind: "sent", pending: { clientId: "c1", text: "why?" } });
  expect(before.pending).toHaveLength(1);
  const begun = reduce(before, BEGUN);
  expect(begun).toMatchObject({ pending: [], running: true });
  const grown = [frame("ai_chunk", { message_id: "assistant2", chunk: "be" }), frame("ai_chunk", { message_id: "assistant2", chunk: "cause" })].reduce(reduce, begun);
  expect(says(grown)).toEqual(["why?", "because"]);
  const done = reduce(grown, frame("ai_complete", { message: stored(2, "assistant", "because.") }));
  expect(done.running).toBe(false);
  expect(says(done)).toEqual(["why?", "because."]);
});

test("a reset takes back what was said", () => {
  const after = play(BEGUN, frame("ai_chunk", { message_id: "assistant2", chunk: "wrong" }), frame("reset", { message_id: "assistant2" }));
  expect(says(after)).toEqual(["why?", ""]);
});

test("stored pages stand before what is written, whichever comes first", () => {
  const live = [BEGUN, frame("ai_chunk", { message_id: "assistant2", chunk: "now" })];
  const page: Change = { kind: "reloaded", messages: [stored(1, "user", "hi"), stored(1, "assistant", "hello"), stored(2, "user", "why?"), stored(2, "assistant", "", "streaming")] };
  expect(says(play(...live, page))).toEqual(["hi", "hello", "why?", "now"]);
  expect(says(play(page, ...live))).toEqual(["hi", "hello", "why?", "now"]);
});

test("a message that was deleted elsewhere is gone after reading again", () => {
  const two = play({ kind: "loaded", messages: [stored(1, "user", "a"), stored(2, "user", "b")] });
  expect(says(reduce(two, { kind: "reloaded", messages: [stored(1, "user", "a")] }))).toEqual(["a"]);
});

test("a turn that began while the page was asked for stays, though the page does not know it", () => {
  const done = frame("ai_complete", { message: stored(2, "assistant", "because.") });
  const page: Change = { kind: "reloaded", messages: [stored(1, "user", "hi")] };
  expect(says(play({ kind: "reading" }, BEGUN, done, page))).toEqual(["hi", "why?", "because."]);
  expect(says(play(BEGUN, done, { kind: "reading" }, page))).toEqual(["hi"]);
});

test("what another window deletes goes here too", () => {
  const two = play({ kind: "loaded", messages: [stored(1, "user", "a"), stored(2, "user", "b")] });
  expect(says(reduce(two, { kind: "removed", ids: ["user2"] }))).toEqual(["a"]);
  expect(says(reduce(two, { kind: "emptied" }))).toEqual([]);
});

test("an error ends its turn in words, never in silence", () => {
  // R3.8
  const failed = play(BEGUN, frame("error", { seq: 3, message_id: "assistant2", code: "engine_lost", message: "The engine is gone." }));
  expect(failed.running).toBe(false);
  expect(failed.messages[1]).toMatchObject({ status: "failed", problem: { detail: "The engine is gone." } });
  const refused = play({ kind: "sent", pending: { clientId: "c9", text: "x" } }, frame("error", { code: "session_busy", message: "Wait.", client_id: "c9" }));
  expect(refused).toMatchObject({ pending: [], error: "Wait." });
});

test("presence and typing are of others", () => {
  const state = play(frame("presence", { online: 2 }), frame("typing", { author: "user", typing: true }));
  expect(state).toMatchObject({ online: 2, othersType: true });
  expect(reduce(state, BEGUN).othersType).toBe(false);
});
