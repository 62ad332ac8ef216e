/** The default engine's model: the gate has its word on another one. */

import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Admin } from "@/shared/api/client";
import { FakeServer, json } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { EngineForm } from "./EngineForm";

const ENGINE = {
  id: "coder", name: "coder", kind: "vllm", base_url: "http://10.0.0.1:8000", model: "coder-7b", api: "chat", model_class: "small", context_window: 8192,
  max_output_tokens: 2048, temperature: null, has_api_key: false, fallbacks: [], enabled: true, weight: 1, max_concurrency: null, max_queue: 64,
  aliases: [], capabilities: null, models_at_once: null, version: 4, created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z",
} satisfies Admin["EngineResponse"];
const VERDICT = { passed: false, reason: "no_evaluation", detail: "", evaluation_id: null, difference: null, margin: 2 };
const PATCH = "PATCH /api/admin/engines/coder";
let server: FakeServer;

beforeEach(() => {
  server = new FakeServer()
    .on(PATCH, json({ type: "about:blank", title: "", status: 409, code: "gate_refused", detail: "", verdict: VERDICT }, 409), json(ENGINE))
    .start();
});
afterEach(() => {
  server.stop();
});

test("a model that was not evaluated goes in with a reason alone", async () => {
  // R1.19
  const closed = vi.fn();
  await renderPage(<EngineForm engine={ENGINE} others={[]} onClose={closed} />);
  fireEvent.change(await screen.findByLabelText(/^Model/, { selector: "input" }), { target: { value: "coder-14b" } });
  await userEvent.click(screen.getByText("Save"));
  expect(await screen.findByText(/No completed evaluation compares it/)).toBeInTheDocument();
  fireEvent.change(screen.getByLabelText("Reason to overrule"), { target: { value: "The old one is gone." } });
  await userEvent.click(screen.getByText("Save"));
  await waitFor(() => { expect(closed).toHaveBeenCalled(); });
  expect(server.to(PATCH).map((asked) => (asked.body as { overrule: string | null }).overrule)).toEqual([null, "The old one is gone."]);
});
