/** A generation on its page: stages as they come, what came of it, stopping, and going on. */

import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";

import { FakeServer, json } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { GenerationView } from "./GenerationView";

const BASE = "/api/v1/generations/g1";
const RUNNING = {
  generation_id: "g1", status: "running", created_at: "2026-01-01T00:00:00Z", ended_at: null, prompt: "Task 관리 화면", mode: "spec",
  intent: null, knowledge: [], artifacts: [], spec_version: 0, citations: [], timings: {}, usage: {}, degraded: false, warnings: [], problem: null,
};
const DONE = {
  ...RUNNING, status: "completed", ended_at: "2026-01-01T00:00:01Z", spec_version: 1, engine: "builtin", timings: { total: 600 },
  warnings: [{ code: "keyword_search_only", message: "Only words were searched." }],
};
const FILE = { path: "TaskList.xml", kind: "screen_xml", language: "xml", sha256: "x", size: 1, fixes: [], diagnostics: [{ severity: "error", rule: "r", message: "no such control", line: 2 }] };

let server: FakeServer;

function events(...frames: [string, object][]): Response {
  const text = frames.map(([type, data], index) => `id: ${String(index + 1)}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`).join("");
  return new Response(text, { headers: { "Content-Type": "text/event-stream" } });
}

/** A stream that has said so much, and stays open until it is left. */
function open(asked: { signal: AbortSignal }, ...frames: [string, object][]): Promise<Response> {
  return events(...frames).text().then((text) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text));
        asked.signal.addEventListener("abort", () => { controller.error(new TypeError("aborted")); });
      },
    });
    return new Response(body);
  });
}

beforeEach(() => {
  server = new FakeServer().start();
});
afterEach(() => {
  server.stop();
});

test("what came of it is shown: picture without scripts, files, warnings, the zip", async () => {
  // R1.9, R1.12
  server
    .on(`GET ${BASE}/events`, () => events(
      ["created", { prompt: "Task 관리 화면" }],
      ["stage", { stage: "intent", status: "completed", ms: 12, summary: "a screen" }],
      ["spec", { spec: { title: "Task 관리" } }],
      ["completed", {}],
    ))
    .on(`GET ${BASE}`, json(RUNNING), json(DONE))
    .on(`GET ${BASE}/artifacts`, json({ artifacts: [FILE] }))
    .on(`GET ${BASE}/artifacts/TaskList.xml`, new Response("<screen/>"));
  await renderPage(<GenerationView id="g1" />);
  expect(await screen.findByText("Understand the request")).toBeInTheDocument();
  const picture = await screen.findByTitle("Preview of the screen");
  expect(picture).toHaveAttribute("sandbox", "");
  expect(picture).toHaveAttribute("src", expect.stringContaining(`${BASE}/preview?version=1`));
  expect(screen.getByRole("heading", { name: "Task 관리" })).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Download" })).toHaveAttribute("href", `${BASE}/archive`);
  expect(await screen.findByText("Only words were searched.")).toBeInTheDocument();
  expect(screen.getByText("Made by builtin in 0.6 s")).toBeInTheDocument();
});

test("while it runs it can be stopped, and what fails is said in words", async () => {
  server
    .on(`GET ${BASE}/events`, (asked) => open(asked, ["created", { prompt: "x" }], ["stage", { stage: "engine", status: "started" }]))
    .on(`GET ${BASE}`, json(RUNNING))
    .on(`DELETE ${BASE}`, json({ generation_id: "g1", status: "cancelled" }));
  const { unmount } = await renderPage(<GenerationView id="g1" />);
  expect((await screen.findAllByText("Write")).length).toBeGreaterThan(0);
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  await waitFor(() => { expect(server.to(`DELETE ${BASE}`)).toHaveLength(1); });
  unmount();

  const problem = { type: "about:blank", title: "The engine is gone", status: 502, code: "engine_lost", detail: "vLLM does not answer." };
  server
    .on(`GET ${BASE}/events`, () => events(["created", { prompt: "x" }], ["stage", { stage: "engine", status: "failed" }], ["failed", { problem }]))
    .on(`GET ${BASE}`, json({ ...RUNNING, status: "failed", ended_at: "2026-01-01T00:00:01Z", problem }));
  await renderPage(<GenerationView id="g1" />);
  expect(await screen.findByText("vLLM does not answer.")).toBeInTheDocument();
  expect(await screen.findByText("No files")).toBeInTheDocument();
});

test("a change in words is an order on top of this generation", async () => {
  server
    .on(`GET ${BASE}/events`, () => events(["created", { prompt: "x" }], ["spec", { spec: { title: "T" } }], ["completed", {}]))
    .on(`GET ${BASE}`, json(DONE))
    .on(`GET ${BASE}/artifacts`, json({ artifacts: [] }))
    .on("POST /api/v1/generations", new Response("", { headers: { "Content-Location": "/api/v1/generations/0a1b2c" } }));
  await renderPage(<GenerationView id="g1" />, { path: "/", route: "/", others: [{ path: "/studio/:id", element: <p>the next one</p> }] });
  await screen.findByTitle("Preview of the screen");
  await userEvent.type(screen.getByRole("textbox", { name: "Change this" }), "add an owner{Enter}");
  await screen.findByText("the next one");
  expect(server.to("POST /api/v1/generations")[0]?.body).toEqual({ prompt: "add an owner", base_generation_id: "g1" });
});
