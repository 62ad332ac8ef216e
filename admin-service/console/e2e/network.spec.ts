/** The network goes for ten seconds while an answer is being written, and the page goes on by itself. */

import { expect, test } from "./console";
import { bearer, startEngine } from "./engine";
import { credentials } from "./mesh";

const OUTAGE_MS = 10_000;
/** Sixteen seconds at twenty tokens of four letters a second. */
const WORDS = Array.from({ length: 256 }, (_, place) => `w${String(place).padStart(3, "0")}`).join(" ");

test("a chat answer goes on after ten seconds without a network, no word lost or twice", async ({ app, page, context, request }) => {
  // R3.4
  test.setTimeout(120_000);
  const engine = await startEngine(request, "slow-chat", [{ contains: "", text: WORDS }], 20);
  const made = await request.post(`${credentials().base_url}/api/sessions/`, { headers: bearer(), data: { title: "slow", model: engine.id, max_tokens: 4_000 } });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  await app.look("ko", "light");
  await app.signIn(`/chat/${id}`);
  await page.getByRole("textbox", { name: "메시지" }).fill("천천히 말해줘");
  await page.keyboard.press("Enter");
  const log = page.getByRole("log");
  await expect(log.getByText("w005")).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText("연결이 끊겼습니다")).toBeVisible();
  const seen = await log.innerText();
  expect(seen, "the outage is in the midst of the answer").not.toContain("w200");
  await page.waitForTimeout(OUTAGE_MS);
  await context.setOffline(false);
  await expect(page.getByText("연결이 끊겼습니다")).toBeHidden();
  await expect(page.getByRole("button", { name: "다시 답변" })).toBeEnabled({ timeout: 40_000 });
  await expect(log.getByText(WORDS)).toHaveCount(1);
  await engine.stop();
});

const SPEC = {
  version: "1", screen_id: "TaskList", title: "Task 관리", language: "ko", pattern: "list", framework: "xframe5",
  datasets: [
    { id: "search", role: "search", columns: [{ name: "title", label: "제목", type: "string", length: 100 }] },
    { id: "list", role: "list", entity: "task", columns: [
      { name: "task_id", label: "Task ID", type: "string", length: 10, key: true },
      { name: "title", label: "제목", type: "string", length: 100 },
      { name: "due_date", label: "납기일", type: "date" },
    ] },
  ],
  transactions: [{ id: "search", path: "task/select.do", sends: [{ dataset: "search", rows: "all" }], receives: [{ dataset: "list", mode: "replace" }] }],
  regions: [
    { id: "conditions", kind: "conditions", dataset: "search", fields: ["title"] },
    { id: "grid", kind: "grid", dataset: "list", columns: ["task_id", "title", "due_date"] },
  ],
  actions: [{ id: "search", label: "조회", on: ["button", "enter", "load"], do: "submit", transaction: "search" }],
};

test("a generation goes on after ten seconds without a network, while the engine writes", async ({ app, page, context, request }) => {
  // R1.7 R1.9
  test.setTimeout(120_000);
  const engine = await startEngine(request, "slow-studio", [{ contains: "", text: `\`\`\`json\n${JSON.stringify(SPEC)}\n\`\`\`` }], 20);
  const order = { prompt: "Task 관리 화면 만들어줘", model: engine.id };
  const made = await request.post(`${credentials().base_url}/api/v1/generations`, { headers: { ...bearer(), Prefer: "respond-async" }, data: order });
  expect(made.status(), await made.text()).toBe(202);
  const { generation_id: id } = (await made.json()) as { generation_id: string };
  await app.look("ko", "light");
  await app.signIn(`/studio/${id}`);
  await expect(page.locator("pre").filter({ hasText: /"/ })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText("연결이 끊겼습니다")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "완료" })).toHaveCount(0);
  await page.waitForTimeout(OUTAGE_MS);
  await context.setOffline(false);
  await expect(page.getByText("연결이 끊겼습니다")).toBeHidden();
  await expect(page.getByRole("status").filter({ hasText: "완료" })).toBeVisible({ timeout: 40_000 });
  await expect(page.frameLocator("iframe").getByText("납기일").first()).toBeVisible();
  const told = await request.get(`${credentials().base_url}/api/v1/generations/${id}`, { headers: bearer() });
  expect(await told.json()).toMatchObject({ status: "completed", engine: engine.id, degraded: false });
  await engine.stop();
});
