/** Files in, each answered for; the index, followed to its end. */

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";

import { events, FakeServer, json, problem } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { IndexPanel } from "./index_run/IndexPanel";
import { ImportModal } from "./transfer/ImportModal";
import { batches } from "./transfer/upload";

const FILES = "POST /api/admin/knowledge_files";
const INDEX = "/api/admin/knowledge_index";
const REPORT = {
  checked_only: true,
  counts: { created: 1, refused: 1 },
  items: [
    { file: "규칙.md", entry_id: "file-1", title: "저장 규칙", outcome: "created", faults: [], left_out: ["related"] },
    { file: "slip.md", entry_id: "", title: "", outcome: "refused", faults: [{ code: "unknown", message: "Extra inputs are not permitted", field: "titel" }], left_out: [] },
  ],
  ignored: ["README.md"],
};
let server: FakeServer;

beforeEach(() => {
  server = new FakeServer().start();
  server.on(`GET ${INDEX}`, () => json({ items: [{ framework: "react", entries: 1, indexed: 1 }, { framework: "xframe5", entries: 9, indexed: 9 }] }));
});
afterEach(() => {
  server.stop();
});

test("files go in by the few megabytes, and none is left out", () => {
  const files = [1_000_000, 2_000_000, 2_000_000, 9_000_000, 1].map((size, place) => {
    const file = new File(["x"], `${String(place)}.md`);
    Object.defineProperty(file, "size", { value: size });
    return file;
  });
  expect(batches(files).map((batch) => batch.map((file) => file.name))).toEqual([["0.md", "1.md"], ["2.md"], ["3.md"], ["4.md"]]);
  expect(batches([])).toEqual([]);
  expect(batches(Array.from({ length: 201 }, () => new File(["x"], "a.md"))).map((batch) => batch.length)).toEqual([200, 1]);
});

test("files are checked, the wrong one is named with its reason, and the right ones are stored", async () => {
  // R1.15
  server.on(FILES, json(REPORT), json({ ...REPORT, checked_only: false }));
  await renderPage(<ImportModal onClose={() => undefined} />);
  const start = await screen.findByRole("button", { name: "Import" });
  expect(start).toBeDisabled();
  await userEvent.upload(screen.getByTestId("knowledge-files"), [new File(["# 저장 규칙"], "규칙.md"), new File(["x"], "slip.md")]);
  expect(screen.getByText(/2 files: 규칙.md, slip.md/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Check first" }));
  const report = await screen.findByRole("region", { name: "File by file" });
  const [, first, second] = within(report).getAllByRole("row");
  expect(first).toHaveTextContent("slip.mdRefusedThere is no member “titel”.");
  expect(second).toHaveTextContent("Not taken over: related");
  expect(report).toHaveTextContent("1 file is no knowledge and was left aside: README.md");
  await userEvent.click(start);
  expect(await screen.findByText("Imported")).toBeInTheDocument();
  const [checked, stored] = server.to(FILES);
  expect(checked?.search.get("check")).toBe("true");
  expect(Object.fromEntries(stored?.search ?? [])).toEqual({ framework: "xframe5", kind: "rule", existing: "replace", check: "false" });
  expect(stored?.body).toContain("# 저장 규칙");
  expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
});

test("what is refused as a whole is said, and the files stay chosen", async () => {
  server.on(FILES, problem(413, "payload_too_large", "The body is too large."));
  await renderPage(<ImportModal onClose={() => undefined} />);
  await userEvent.upload(await screen.findByTestId("knowledge-files"), new File(["x"], "a.md"));
  await userEvent.click(screen.getByRole("button", { name: "Import" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The body is too large.");
  expect(screen.getByText(/1 file: a.md/)).toBeInTheDocument();
});

test("the index is made anew and its report is shown", async () => {
  // R1.15
  const state = { items: [{ framework: "xframe5", entries: 9, indexed: 7 }] };
  server
    .on(`GET ${INDEX}`, json(state), json({ items: [{ ...state.items[0], indexed: 9 }] }))
    .on(
      `POST ${INDEX}`,
      () => events(["progress", { phase: "entries", done: 0, total: 9 }], ["completed", { embedded: 9, deleted: 1, unchanged: 0, ms: 1200 }]),
      () => events(["progress", { phase: "comparing", done: 0, total: 0 }], ["failed", { status: 502, code: "upstream_failed", detail: "embedding-service could not be reached." }]),
      () => events(["progress", { phase: "comparing", done: 0, total: 0 }]),
    );
  await renderPage(<IndexPanel />);
  expect(await screen.findByText("Being indexed")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Index everything anew" }));
  expect(await screen.findByText("9 indexed, 1 removed, 0 unchanged")).toBeInTheDocument();
  expect(server.to(`POST ${INDEX}`)[0]?.search.get("everything")).toBe("true");
  expect(await screen.findByText("Current")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Index what changed" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("embedding-service could not be reached.");
  await userEvent.click(screen.getByRole("button", { name: "Index what changed" }));
  await waitFor(() => { expect(screen.getByRole("alert")).toHaveTextContent("No connection to the server"); });
});
