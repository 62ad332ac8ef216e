/** Edits of a spec keep every name that refers to a column true. */

import { expect, test } from "vitest";

import { addColumn, changeColumn, faultOf, isSound, moveColumn, removeColumn, tables, type Spec } from "./spec";

const SPEC: Spec = {
  version: "1",
  screen_id: "TaskList",
  title: "Task",
  pattern: "multi_save",
  datasets: [
    { id: "search", role: "search", columns: [{ name: "title", label: "Title" }] },
    {
      id: "list",
      role: "list",
      columns: [
        { name: "task_id", label: "ID", key: true },
        { name: "title", label: "Title" },
        { name: "start", label: "Start", type: "date" },
        { name: "due", label: "Due", type: "date" },
      ],
    },
    { id: "status", role: "code", rows: [["A", "a"]] },
  ],
  regions: [
    { id: "conditions", kind: "conditions", dataset: "search", fields: ["title"] },
    { id: "grid", kind: "grid", dataset: "list", columns: ["task_id", "title", "due"], read_only: ["title"] },
  ],
  actions: [{ id: "pick", on: ["button"], do: "open_popup", region: "grid", field: "title" }],
  rules: [{ id: "order", dataset: "list", kind: "date_order", columns: ["start", "due"], message: "x" }],
};
const names = (spec: Spec) => spec.datasets[1]?.columns?.map((column) => column.name);
const grid = (spec: Spec) => spec.regions[1];

test("codes are no table", () => {
  expect(tables(SPEC).map((dataset) => dataset.id)).toEqual(["search", "list"]);
});

test("a renamed column keeps its place everywhere, in its own dataset alone", () => {
  const spec = changeColumn(SPEC, "list", 1, { name: "subject" });
  expect(grid(spec)).toMatchObject({ columns: ["task_id", "subject", "due"], read_only: ["subject"] });
  expect(spec.actions?.[0]?.field).toBe("subject");
  expect(spec.regions[0]?.fields).toEqual(["title"]);
});

test("another change touches no name", () => {
  const spec = changeColumn(SPEC, "list", 1, { label: "Subject", length: 50 });
  expect(spec.datasets[1]?.columns?.[1]).toMatchObject({ name: "title", label: "Subject", length: 50 });
  expect(spec.regions).toEqual(SPEC.regions);
});

test("a removed column leaves no reference behind", () => {
  const spec = removeColumn(SPEC, "list", 1);
  expect(names(spec)).toEqual(["task_id", "start", "due"]);
  expect(grid(spec)).toMatchObject({ columns: ["task_id", "due"], read_only: [] });
  expect(spec.actions).toEqual([]);
  expect(removeColumn(SPEC, "list", 3).rules).toEqual([]);
});

test("a new column is shown where its dataset is, by a name of its own", () => {
  const once = addColumn(SPEC, "list", "New");
  const twice = addColumn(once, "list", "New");
  expect(names(twice)?.slice(-2)).toEqual(["column_5", "column_6"]);
  expect(grid(twice)?.columns?.slice(-2)).toEqual(["column_5", "column_6"]);
  expect(twice.regions[0]?.fields).toEqual(["title"]);
  expect(addColumn(SPEC, "search", "New").regions[0]?.fields).toEqual(["title", "column_2"]);
});

test("a moved column moves where it is shown with its neighbour", () => {
  expect(grid(moveColumn(SPEC, "list", 1, -1))?.columns).toEqual(["title", "task_id", "due"]);
  expect(grid(moveColumn(SPEC, "list", 2, -1))?.columns).toEqual(["task_id", "title", "due"]);
  expect(moveColumn(SPEC, "list", 0, -1)).toBe(SPEC);
});

test("names that no emitter takes are found before they are sent", () => {
  const fault = (change: object) => faultOf(changeColumn(SPEC, "list", 1, change).datasets[1]?.columns ?? [], 1);
  expect([fault({ name: "제목" }), fault({ name: "due" }), fault({ label: " " }), fault({})]).toEqual([
    "name_invalid",
    "name_taken",
    "label_missing",
    null,
  ]);
  expect(isSound(SPEC)).toBe(true);
  expect(isSound(changeColumn(SPEC, "list", 1, { name: "" }))).toBe(false);
});
