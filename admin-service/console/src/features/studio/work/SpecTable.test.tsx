/** Columns corrected in a table: made anew without an engine, and nothing lost where two edit at once. */

import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeServer, json, problem } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { SpecTable } from "./SpecTable";

const SPEC = {
  version: "1",
  screen_id: "TaskList",
  title: "Task",
  pattern: "list",
  datasets: [{ id: "list", role: "list", label: "Tasks", columns: [{ name: "title", label: "Title", type: "string", length: 100 }] }],
  regions: [{ id: "grid", kind: "grid", dataset: "list", columns: ["title"] }],
};
const PATH = "/api/v1/generations/g1/spec";
const stored = (title: string, version: number) => json({ ...SPEC, title }, 200, { ETag: `"${String(version)}"` });

let server: FakeServer;
const onEmitted = vi.fn();

beforeEach(() => {
  onEmitted.mockReset();
  server = new FakeServer().start();
});
afterEach(() => {
  server.stop();
});

async function open() {
  await renderPage(<SpecTable id="g1" ended onEmitted={onEmitted} />);
  return screen.findByRole("textbox", { name: "Title: Label" });
}

test("an edited column is sent with the version that was read", async () => {
  server.on(`GET ${PATH}`, stored("Task", 3)).on(`PUT ${PATH}`, json({ generation_id: "g1", spec_version: 4 }));
  const label = await open();
  expect(screen.getByRole("button", { name: "Make the files anew" })).toBeDisabled();
  await userEvent.clear(label);
  await userEvent.type(label, "제목");
  await userEvent.click(screen.getByRole("button", { name: "Make the files anew" }));
  await waitFor(() => { expect(onEmitted).toHaveBeenCalled(); });
  const [sent] = server.to(`PUT ${PATH}`);
  expect(sent?.headers.get("If-Match")).toBe('"3"');
  expect(sent?.body).toMatchObject({ datasets: [{ columns: [{ name: "title", label: "제목" }] }] });
});

test("a name that can't be is said at its field, and not sent", async () => {
  server.on(`GET ${PATH}`, stored("Task", 1));
  await open();
  const name = screen.getByRole("textbox", { name: "Title: Name" });
  await userEvent.clear(name);
  await userEvent.type(name, "Due Date");
  expect(screen.getByText("Small letters, digits and _")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Make the files anew" })).toBeDisabled();
});

test("where another edit came first it says so, keeps what was typed, and sends it when asked", async () => {
  server
    .on(`GET ${PATH}`, stored("Task", 1), stored("Theirs", 2))
    .on(`PUT ${PATH}`, problem(409, "spec_outdated", "Its version is 2."), json({ generation_id: "g1", spec_version: 3 }));
  const label = await open();
  await userEvent.type(label, "!");
  await userEvent.click(screen.getByRole("button", { name: "Make the files anew" }));
  expect(await screen.findByText("Somebody edited the screen in the meantime")).toBeInTheDocument();
  expect(screen.getByRole("textbox", { name: "Title!: Label" })).toHaveValue("Title!");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => { expect(onEmitted).toHaveBeenCalled(); });
  expect(server.to(`PUT ${PATH}`).map((asked) => asked.headers.get("If-Match"))).toEqual(['"1"', '"2"']);
});
