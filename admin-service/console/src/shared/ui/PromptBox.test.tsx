/** What Enter does, with Korean being composed above all. */

import { createEvent, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import { renderPage } from "@/shared/testing/render";

import { PromptBox } from "./PromptBox";

async function box(start = "", onStop?: () => void) {
  const onSend = vi.fn();
  function Held() {
    const [value, setValue] = useState(start);
    return <PromptBox label="Prompt" placeholder="" value={value} onChange={setValue} onSend={onSend} sendLabel="Send" stopLabel="Stop" {...(onStop ? { onStop } : {})} />;
  }
  await renderPage(<Held />);
  return { onSend, field: screen.getByRole("textbox", { name: "Prompt" }) };
}

test("Enter sends, Shift+Enter breaks the line", async () => {
  const { onSend, field } = await box();
  await userEvent.type(field, "one{Shift>}{Enter}{/Shift}two");
  expect(field).toHaveValue("one\ntwo");
  expect(onSend).not.toHaveBeenCalled();
  await userEvent.keyboard("{Enter}");
  expect(onSend).toHaveBeenCalledTimes(1);
});

test("the Enter that ends a composition sends nothing", async () => {
  const { onSend, field } = await box("안녕하세");
  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  // Safari: the composition has ended already, the code tells.
  fireEvent.keyDown(field, { key: "Enter", keyCode: 229 });
  expect(onSend).not.toHaveBeenCalled();
  const enter = createEvent.keyDown(field, { key: "Enter" });
  fireEvent(field, enter);
  expect(onSend).toHaveBeenCalledTimes(1);
  expect(enter.defaultPrevented).toBe(true);
});

test("nothing but blanks is sent", async () => {
  const { onSend, field } = await box("  ");
  fireEvent.keyDown(field, { key: "Enter" });
  expect(onSend).not.toHaveBeenCalled();
  expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
});

test("while something runs the button stops it, and Enter sends nothing", async () => {
  const onStop = vi.fn();
  const { onSend, field } = await box("next", onStop);
  fireEvent.keyDown(field, { key: "Enter" });
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  expect(onSend).not.toHaveBeenCalled();
  expect(onStop).toHaveBeenCalledTimes(1);
});
