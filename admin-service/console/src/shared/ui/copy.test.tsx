/** Copying works on pages without TLS too, and ids are ids there. */

import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { newId } from "@/shared/api/ids";
import { renderPage } from "@/shared/testing/render";

import { CopyButton } from "./CopyButton";

test("without the clipboard's API the old command copies, and the button says so", async () => {
  const copied: string[] = [];
  document.execCommand = vi.fn(() => {
    copied.push((document.activeElement as HTMLTextAreaElement).value);
    return true;
  });
  await renderPage(<CopyButton text={() => "const a = 1;"} />);
  await userEvent.click(await screen.findByRole("button", { name: "Copy" }));
  await waitFor(() => { expect(screen.getByRole("button", { name: "Copied" })).toHaveFocus(); });
  expect(copied).toEqual(["const a = 1;"]);
  expect(document.querySelector("body > textarea")).toBeNull();
});

test("ids are version 4, and never twice", () => {
  const ids = Array.from({ length: 1_000 }, newId);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
