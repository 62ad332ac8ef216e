/** What a generation's events say. */

import { expect, test } from "vitest";

import { apply, NOTHING_YET, type Run } from "./events";

const play = (...events: [string, object][]): Run =>
  events.reduce((run, [type, data], index) => apply(run, { id: String(index), type, data: JSON.stringify(data) }), NOTHING_YET);

test("stages begin, go on and end in their order", () => {
  // R1.9
  const run = play(
    ["created", { prompt: "Task" }],
    ["stage", { stage: "intent", status: "started" }],
    ["progress", { stage: "intent", message: "asking", queue_position: 2 }],
    ["stage", { stage: "intent", status: "completed", ms: 12, summary: "a screen", fallback: "rules" }],
    ["stage", { stage: "engine", status: "started" }],
  );
  expect(run.prompt).toBe("Task");
  expect(run.stages).toEqual([
    { name: "intent", status: "completed", ms: 12, summary: "a screen", fallback: true },
    { name: "engine", status: "started", ms: null, summary: "", fallback: false },
  ]);
  expect(run.queuePosition).toBeNull();
});

test("a repeated stage takes back what the attempt before had written", () => {
  const run = play(["delta", { channel: "code", text: "wrong" }], ["delta", { channel: "reasoning", text: "hm" }], ["reset", { stage: "engine" }], ["delta", { channel: "code", text: "right" }]);
  expect([run.writing, run.thinking]).toEqual(["right", ""]);
});

test("questions wait for their answer until the end", () => {
  const asked = play(["question", { question_id: "q1", text: "Which?", choices: [{ value: "a", label: "A" }], default: "a", expires_at: "2026-01-01T00:00:30Z" }]);
  expect(asked.questions[0]).toMatchObject({ id: "q1", preset: "a", expiresAt: "2026-01-01T00:00:30Z" });
  expect(apply(asked, { id: "2", type: "completed", data: "{}" })).toMatchObject({ questions: [], end: "completed" });
});

test("a file that comes again takes the place of itself, and unknown events are passed by", () => {
  const run = play(["artifact", { path: "a.xml", content: "1" }], ["artifact", { path: "a.xml", content: "2" }], ["some_day", { x: 1 }], ["warning", { code: "w", message: "look" }]);
  expect(run.files).toEqual([{ path: "a.xml", content: "2" }]);
  expect(run.warnings).toEqual([{ code: "w", message: "look" }]);
});
