/** The gate: a refusal says why, and only a reason overrules it. */

import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeServer, json } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { PutIntoProduction } from "./PutIntoProduction";
import { VerdictText } from "./VerdictText";

const VERDICT = { passed: false, reason: "worse" as const, detail: "", evaluation_id: "e1", difference: { mean: -8.2, low: -11, high: -5.1, n: 66 }, margin: 2 };
const SETTINGS = "PATCH /api/admin/settings";
let server: FakeServer;

beforeEach(() => {
  server = new FakeServer()
    .on("GET /api/admin/settings", json({ default_engine: "coder", version: 3 }))
    .on("GET /api/admin/engines", json({ items: [{ id: "coder" }, { id: "worse-one" }], next_cursor: null }))
    .on(SETTINGS, json({ type: "about:blank", title: "", status: 409, code: "gate_refused", detail: "It is worse.", verdict: VERDICT }, 409), json({ default_engine: "worse-one", version: 4 }))
    .start();
});
afterEach(() => {
  server.stop();
});

test("an engine that is worse needs a reason, which is sent with it", async () => {
  // R1.19
  const closed = vi.fn();
  await renderPage(<PutIntoProduction kind="engine" onClose={closed} />);
  await userEvent.click(await screen.findByLabelText("Engine", { selector: "input" }));
  await userEvent.click(await screen.findByText("worse-one"));
  await userEvent.click(screen.getByText("Put into production"));
  expect(await screen.findByText(/Difference -8.2 \[-11.0, -5.1\] points over 66 cases/)).toBeInTheDocument();
  expect(screen.getByText("Overrule the gate").closest("button")).toBeDisabled();
  fireEvent.change(screen.getByLabelText("Reason to overrule"), { target: { value: "It is cheaper." } });
  await userEvent.click(screen.getByText("Overrule the gate"));
  await waitFor(() => { expect(closed).toHaveBeenCalled(); });
  expect(server.to(SETTINGS).map((asked) => asked.body)).toEqual([
    { default_engine: "worse-one", overrule: null },
    { default_engine: "worse-one", overrule: "It is cheaper." },
  ]);
  expect(server.to(SETTINGS)[0]?.headers.get("if-match")).toBe('"3"');
});

test("a verdict of too few cases has no interval", async () => {
  // R1.19
  const few = { ...VERDICT, reason: "too_few_cases" as const, difference: { mean: -8.2, low: null, high: null, n: 3 } };
  await renderPage(<VerdictText verdict={few} />);
  expect(await screen.findByText(/too few cases/i)).toBeInTheDocument();
  expect(screen.queryByText(/-8.2/)).toBeNull();
});
