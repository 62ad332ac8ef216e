/** The queue of accepted screens: looked at, approved with a title, rejected with a reason. */

import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";

import { FakeServer, json } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { ExampleDrawer } from "./ExampleDrawer";

const ID = "01890000-0000-7000-8000-000000000001";
const EXAMPLE = {
  generation_id: ID, created_at: "2026-01-01T00:00:00Z", user_id: "u", prompt: "휴가 신청 현황", framework: "xframe5", engine: "vllm",
  model: "m", rating: 5, consent: true, distance: { ratio: 0.1 }, status: "pending", title: "휴가", reason: "", decided_by: null,
  decided_at: null, comment: null, pattern: "list", entry_id: null, spec: { title: "휴가" }, scrubbed: { email: 2 },
  files: [{ path: "A.js", language: "javascript", content: "var a;", diff: "+var a;" }],
};
const PATH = `/api/admin/examples/${ID}`;
let server: FakeServer;

beforeEach(() => {
  server = new FakeServer().start();
});
afterEach(() => {
  server.stop();
});

test("a screen is approved with its title, and cannot be rejected without a reason", async () => {
  // R4.8
  server.on(`GET ${PATH}`, () => json(EXAMPLE)).on(`POST ${PATH}/approve`, () => json({ ...EXAMPLE, status: "approved" }));
  await renderPage(<ExampleDrawer id={ID} onClose={() => undefined} />);
  const approve = await screen.findByRole("button", { name: "Approve" });
  expect(screen.getByRole("button", { name: "Reject" })).toBeDisabled();
  expect(screen.getByText("Personal data and secrets were taken out in 2 places.")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("tab", { name: "Changes" }));
  expect(await screen.findByText("+var a;")).toBeInTheDocument();
  await userEvent.click(approve);
  await waitFor(() => { expect(server.to(`POST ${PATH}/approve`)[0]?.body).toEqual({ title: "휴가", aliases: [] }); });
});

test("without consent it cannot be approved", async () => {
  // R4.8
  server.on(`GET ${PATH}`, () => json({ ...EXAMPLE, consent: false }));
  await renderPage(<ExampleDrawer id={ID} onClose={() => undefined} />);
  expect(await screen.findByText("No consent to learn from it")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Approve" })).toBeDisabled();
});
