/** A template's text: two editors of it, and a trial of it. */

import { EditorView } from "@codemirror/view";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";

import { events, FakeServer, json, problem } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { Component as TemplatePage } from "./TemplatePage";
import { fault } from "./trial/sample";

const ONE = "/api/admin/templates/xframe5/spec";
const MOMENT = "2026-01-01T00:00:00Z";
const version = (number: number, by: string) => ({ version: number, note: number > 1 ? "짧게" : "", created_by: `id-of-${by}`, created_by_name: by, created_at: MOMENT });
const template = (latest: number, content: string) => ({
  id: "xframe5/spec", framework: "xframe5", task: "spec", labels: {}, latest_version: latest, version: latest, created_at: MOMENT,
  updated_at: MOMENT, content, versions: Array.from({ length: latest }, (_, place) => version(latest - place, "kim")),
});
const PROMPT = {
  messages: [{ role: "system", content: "Be brief." }, { role: "user", content: "Write it." }], templates: [{ id: "xframe5/spec", version: "draft", source: "trial" }],
  tokens: { system: 3, history: 0, total: 9, limit: 3000 }, cut: [{ section: "history", dropped: 2 }], hits_used: [], warnings: [],
};
let server: FakeServer;

beforeEach(() => {
  server = new FakeServer().start();
  server.on(`GET ${ONE}`, json(template(1, "one"))).on("GET /api/llm/models", json({ models: [{ id: "coder", model: "qwen" }], default: "coder" }));
});
afterEach(() => {
  server.stop();
});

async function open(): Promise<EditorView> {
  await renderPage(<TemplatePage />, { path: "/templates/xframe5/spec", route: "/templates/:framework/:name" });
  await waitFor(() => { expect(document.querySelector(".cm-editor")).not.toBeNull(); });
  return editor();
}

function editor(): EditorView {
  const view = EditorView.findFromDOM(document.querySelector<HTMLElement>(".cm-editor") ?? document.body);
  if (view === null) throw new Error("no editor");
  return view;
}

function write(text: string): void {
  act(() => { editor().dispatch({ changes: { from: 0, to: editor().state.doc.length, insert: text } }); });
}

function overtaken(): Response {
  const response = { status: 409, code: "version_conflict", detail: "There is a version 2 by now.", latest_version: 2, since: [version(2, "lee")] };
  return new Response(JSON.stringify(response), { status: 409, headers: { "Content-Type": "application/problem+json" } });
}

test("the second of two editors sees what the other did, and loses no word", async () => {
  // R1.16
  server.on(`POST ${ONE}/versions`, overtaken(), json(template(3, "mine"), 201)).on(`GET ${ONE}/versions/2`, json({ ...version(2, "lee"), content: "theirs" }));
  await open();
  write("mine");
  await userEvent.click(screen.getByRole("button", { name: "Save as a new version" }));
  expect(await screen.findByText("Somebody else saved version 2 meanwhile")).toBeInTheDocument();
  expect(screen.getByText(/Version 2 · lee/)).toHaveTextContent("짧게");
  const texts = () => [...document.querySelectorAll<HTMLElement>(".cm-editor")].map((one) => EditorView.findFromDOM(one)?.state.doc.toString());
  await waitFor(() => { expect(texts()).toEqual(["mine", "mine"]); });
  expect(screen.getByRole("button", { name: "Save as a new version" })).toBeDisabled();
  server.on(`GET ${ONE}`, json(template(3, "mine")));
  await userEvent.click(screen.getByRole("button", { name: "Save mine on top of version 2" }));
  await waitFor(() => { expect(screen.queryByText("Somebody else saved version 2 meanwhile")).toBeNull(); });
  expect(server.to(`POST ${ONE}/versions`).map((asked) => asked.body)).toEqual([
    { content: "mine", note: "", base_version: 1 },
    { content: "mine", note: "", base_version: 2 },
  ]);
  expect(editor().state.doc.toString()).toBe("mine");
  expect(screen.getByText("Version 3")).toBeInTheDocument();
});

test("the other's text is taken only after a question", async () => {
  server.on(`POST ${ONE}/versions`, overtaken()).on(`GET ${ONE}/versions/2`, json({ ...version(2, "lee"), content: "theirs" }));
  await open();
  write("mine");
  await userEvent.click(screen.getByRole("button", { name: "Save as a new version" }));
  const take = await screen.findByRole("button", { name: "Take theirs instead" });
  await waitFor(() => { expect(take).toBeEnabled(); });
  await userEvent.click(take);
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Take theirs instead" }));
  await waitFor(() => { expect(editor().state.doc.toString()).toBe("theirs"); });
  expect(screen.getByText("Version 2")).toBeInTheDocument();
});

test("the text that is not saved is tried: the prompt, then the answer as it comes", async () => {
  // R1.16
  const end = { engine: "coder", model: "qwen", finish_reason: "stop", usage: { prompt_tokens: 9, completion_tokens: 2 }, ms: 1500, first_ms: 300 };
  server
    .on(`POST ${ONE}/prompt`, problem(422, "template_unreadable", "The template has no text under any heading."), json(PROMPT))
    .on(
      `POST ${ONE}/trial`,
      () => events(["prompt", PROMPT], ["delta", { channel: "answer", text: "{" }], ["delta", { channel: "answer", text: "}" }], ["completed", end]),
      () => events(["prompt", PROMPT], ["delta", { channel: "answer", text: "half" }], ["failed", { status: 502, code: "engine_failed", detail: "The engine failed: out of memory" }]),
    );
  await open();
  write("draft");
  await userEvent.click(screen.getByRole("tab", { name: "Try it" }));
  expect(screen.getByText("This tries the text that is not saved yet.")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Show the prompt" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("no text under any heading");
  await userEvent.click(screen.getByRole("button", { name: "Show the prompt" }));
  expect(await screen.findByText("About 9 tokens of 3,000")).toBeInTheDocument();
  expect(screen.getByText("history: no room for 2 parts.")).toBeInTheDocument();
  expect(server.to(`POST ${ONE}/prompt`)[1]?.body).toMatchObject({ content: "draft", task: "spec", engine: null, pattern: "list", screen: { id: "TaskList" } });
  const send = screen.getByRole("button", { name: "Send it to the engine" });
  expect(send).toBeDisabled();
  await userEvent.click(screen.getByRole("combobox", { name: "Engine" }));
  await userEvent.click(await screen.findByRole("option", { name: "coder · qwen" }));
  await userEvent.click(send);
  expect(await screen.findByText("{}")).toBeInTheDocument();
  expect(await screen.findByText(/qwen · 1.5s \(first token 300ms\) · 9 tokens in, 2 out/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Send it to the engine" }));
  expect(await screen.findByText("The engine failed: out of memory")).toBeInTheDocument();
  expect(screen.getByText("half")).toBeInTheDocument();
});

test.each([
  ["", null],
  ['{"screen": {"id": "A", "title": "b"}}', null],
  ["{", "no_json"],
  ["[]", "not_an_object"],
  ['{"prompt": "x"}', "unknown_member"],
])("variables %s are judged before they are sent", (variables, expected) => {
  expect(fault(variables)).toBe(expected);
});
