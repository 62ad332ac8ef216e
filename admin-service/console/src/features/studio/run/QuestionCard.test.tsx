/** A question is answered by a choice or in one's own words. */

import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeServer, json, problem } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { QuestionCard } from "./QuestionCard";

const PATH = "POST /api/v1/generations/g1/answers";
const QUESTION = { id: "q1", text: "What is it about?", choices: [{ value: "task", label: "Tasks" }], preset: "task", expiresAt: null };
let server: FakeServer;
const onAnswered = vi.fn();

beforeEach(async () => {
  onAnswered.mockReset();
  server = new FakeServer().on(PATH, json({ question_id: "q1", value: "task" })).start();
  await renderPage(<QuestionCard generationId="g1" question={QUESTION} onAnswered={onAnswered} />);
  await screen.findByText("What is it about?");
});
afterEach(() => {
  server.stop();
});

test("by a choice", async () => {
  // R1.9
  await userEvent.click(screen.getByRole("button", { name: "Tasks" }));
  await waitFor(() => { expect(onAnswered).toHaveBeenCalled(); });
  expect(server.to(PATH)[0]?.body).toEqual({ question_id: "q1", value: "task" });
});

test("in one's own words, not by the Enter that ends a composition", async () => {
  const field = screen.getByRole("textbox", { name: "Another answer" });
  await userEvent.type(field, "설비");
  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  expect(server.asked).toEqual([]);
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => { expect(onAnswered).toHaveBeenCalled(); });
  expect(server.to(PATH)[0]?.body).toEqual({ question_id: "q1", value: "설비" });
});

test("an answer that comes too late is said", async () => {
  server.on(PATH, problem(409, "question_closed", "The question was answered already."));
  await userEvent.click(screen.getByRole("button", { name: "Tasks" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("answered already");
  expect(onAnswered).not.toHaveBeenCalled();
});
