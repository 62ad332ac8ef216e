/** The gate: a refusal says why, and only a reason overrules it. */

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeServer, json } from "@/shared/testing/FakeServer";
import { VerdictText } from "@/shared/gates/VerdictText";
import { renderPage } from "@/shared/testing/render";

import { PutIntoProduction } from "./PutIntoProduction";
import { ReleaseDrawer } from "./ReleaseDrawer";
import type { Release } from "./verdicts";

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

const BACK = "POST /api/admin/releases/template/xframe5%2Fspec/rollback";
const RELEASE: Release = {
  id: "r2", kind: "template", subject: "xframe5/spec", value: "2", before: "0", verdict: { ...VERDICT, passed: true, reason: "not_worse" }, overruled: "",
  undoes: null, released_by: "kim", released_at: "2026-01-01T00:00:00Z",
};

test("the way back names the release that it undoes, and there is none from a way back", async () => {
  server.on(BACK, json({ ...RELEASE, id: "r3", undoes: "r2" }));
  const { unmount } = await renderPage(<ReleaseDrawer release={RELEASE} newest onClose={vi.fn()} />);
  expect(await screen.findByText("the pack's own")).toBeInTheDocument();
  await userEvent.click(screen.getByText("Roll back"));
  await userEvent.click(within(await screen.findByRole("dialog", { name: "Roll back" })).getByRole("button", { name: "Roll back" }));
  await waitFor(() => { expect(server.to(BACK)[0]?.search.get("release")).toBe("r2"); });
  unmount();
  await renderPage(<ReleaseDrawer release={{ ...RELEASE, id: "r3", undoes: "r2" }} newest onClose={vi.fn()} />);
  await screen.findByText("the pack's own");
  expect(screen.queryByText("Roll back")).toBeNull();
});

test.each(["not_exercised", "engine_failed", "outdated"])("a verdict of %s says what to do", async (reason) => {
  await renderPage(<ReleaseDrawer release={{ ...RELEASE, verdict: { ...VERDICT, difference: null, reason } }} newest={false} onClose={vi.fn()} />);
  expect(await screen.findByText(/Repeat it|Choose the mode/)).toBeInTheDocument();
});
