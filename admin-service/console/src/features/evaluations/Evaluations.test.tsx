/** What an evaluation compares, and how its figures are written. */

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";

import { FakeServer, json } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { interval } from "./figures";
import { StartEvaluation } from "./StartEvaluation";
import { pinsOf, variantsOf } from "./variants";

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer().start();
  server
    .on("GET /api/admin/engines", () => json({ items: [{ id: "builtin" }, { id: "coder" }], next_cursor: null }))
    .on("GET /api/admin/golden", () => json({ framework: "xframe5", version: "1", hash: "h", cases: [{}, {}, {}] }))
    .on("GET /api/admin/templates", () =>
      json({ items: [{ id: "xframe5/spec", framework: "xframe5", latest_version: 2 }, { id: "react/spec", framework: "react", latest_version: 1 }], next_cursor: null }),
    )
    .on("POST /api/admin/evaluations", () => json({ id: "e1" }, 201));
});
afterEach(() => {
  server.stop();
});

async function choose(list: string, option: string) {
  await userEvent.click(screen.getByRole("combobox", { name: list }));
  await userEvent.click(await screen.findByRole("option", { name: option }));
}

test("template versions are compared, and any variant may be the reference", async () => {
  // R1.19
  await renderPage(<StartEvaluation onClose={() => undefined} />);
  expect(await screen.findByText("3 generations")).toBeInTheDocument();
  await choose("Template versions", "xframe5/spec@2");
  expect(screen.queryByRole("option", { name: "react/spec@1" })).toBeNull();
  expect(screen.getByText("6 generations")).toBeInTheDocument();
  await choose("Reference", "builtin · xframe5/spec@2");
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Start an evaluation" }));
  await waitFor(() => { expect(server.to("POST /api/admin/evaluations")).toHaveLength(1); });
  const body = server.to("POST /api/admin/evaluations")[0]?.body as { variants: object[]; reference: number };
  const same = { name: "", engine: "builtin", mode: "spec", values: {} };
  expect(body.variants).toEqual([
    { ...same, templates: {} },
    { ...same, templates: { "xframe5/spec": 2 } },
  ]);
  expect(body.reference).toBe(1);
});

test("variants are named by what tells them apart", () => {
  expect(pinsOf({ id: "xframe5/spec", latest_version: 2 })).toEqual(["xframe5/spec@2", "xframe5/spec@1", "xframe5/spec@0"]);
  const chosen = { engines: ["a", "b"], modes: ["spec", "auto"], pins: ["production"], vary: "examples" as const, values: ["0", "2"] };
  const variants = variantsOf(chosen);
  expect(variants).toHaveLength(8);
  expect(variants[3]).toEqual({ label: "a · auto · examples 2", body: { name: "", engine: "a", mode: "auto", templates: {}, values: { examples: 2 } } });
});

test("too few cases have no interval", () => {
  // R1.19
  expect(interval({ mean: 0.9, low: 0.8, high: 1, n: 20 }, 0, 100)).toBe("90 [80, 100]");
  expect(interval({ mean: 73, low: null, high: null, n: 1 })).toBe("73.0 (n = 1)");
  expect(interval(null)).toBe("–");
});
