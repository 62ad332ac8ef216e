/** The table's states, its keys, and that a long one draws a few rows. */

import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { ApiProblem } from "@/shared/api/problem";
import { renderPage } from "@/shared/testing/render";

import { DataTable } from "./DataTable";

interface Row {
  id: string;
  name: string;
}
const COLUMNS = [{ header: "Name", accessorKey: "name", enableSorting: true }];
const ROWS: Row[] = [
  { id: "2", name: "b" },
  { id: "1", name: "a" },
];

test("rows open by keyboard, and sort by their heads", async () => {
  const onOpen = vi.fn();
  await renderPage(<DataTable label="Things" columns={COLUMNS} rows={ROWS} rowId={(row) => row.id} onOpen={onOpen} />);
  await userEvent.click(screen.getByRole("button", { name: "Name" }));
  expect(screen.getAllByRole("row").slice(1).map((row) => row.textContent)).toEqual(["a", "b"]);
  expect(screen.getByRole("columnheader")).toHaveAttribute("aria-sort", "ascending");
  screen.getAllByRole("row")[1]?.focus();
  await userEvent.keyboard("{Enter}");
  expect(onOpen).toHaveBeenCalledWith(ROWS[1]);
});

test("empty, loading and failed say so", async () => {
  const { unmount } = await renderPage(<DataTable label="Things" columns={COLUMNS} rows={[]} rowId={(row: Row) => row.id} empty={<p>nothing</p>} />);
  expect(screen.getByText("nothing")).toBeInTheDocument();
  unmount();
  const loading = await renderPage(<DataTable label="Things" columns={COLUMNS} rows={undefined} rowId={(row: Row) => row.id} loading />);
  expect(screen.getByRole("status", { name: "Loading…" })).toBeInTheDocument();
  loading.unmount();
  const onRetry = vi.fn();
  const problem = new ApiProblem(503, "unavailable", "gone for a moment", "", [], "trace-1");
  await renderPage(<DataTable label="Things" columns={COLUMNS} rows={undefined} rowId={(row: Row) => row.id} problem={problem} onRetry={onRetry} />);
  expect(screen.getByRole("alert")).toHaveTextContent("gone for a moment");
  expect(screen.getByRole("alert")).toHaveTextContent("trace-1");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalled();
});

test("of ten thousand rows a few are drawn", async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => ({ id: String(index), name: `row ${String(index)}` }));
  await renderPage(<DataTable label="Things" columns={COLUMNS} rows={rows} rowId={(row) => row.id} />);
  expect(screen.getAllByRole("row").length).toBeLessThan(100);
  expect(screen.getByRole("table")).toHaveAttribute("aria-rowcount", "10000");
});
