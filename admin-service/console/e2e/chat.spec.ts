/** Chat: a conversation begun, searched, renamed, taken out and in again, on a desk and on a phone. */

import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

import type { Page } from "@playwright/test";

import { expect, LOOKS, test } from "./console";
import { credentials } from "./mesh";

const TEXTS = {
  ko: { message: "메시지", retry: "다시 답변", settings: "대화 설정", save: "저장", saved: "저장했습니다.", search: "제목과 메시지 검색", rename: "이름 바꾸기", title: "제목", json: "JSON으로 내보내기", import: "가져왔습니다", remove: "삭제", edit: "고쳐서 다시 보내기", resend: "다시 보내기", sessions: "대화 목록", lost: "연결이 끊겼습니다" },
  en: { message: "Message", retry: "Answer anew", settings: "Settings of this conversation", save: "Save", saved: "Saved.", search: "Search titles and messages", rename: "Rename", title: "Title", json: "Export as JSON", import: "imported", remove: "Delete", edit: "Edit and send again", resend: "Send again", sessions: "Conversations", lost: "The connection is lost" },
};

for (const [language, theme] of LOOKS) {
  test(`a conversation, in ${language} and ${theme}`, async ({ app, page }) => {
    // R3.2, R3.4, R3.6
    const t = TEXTS[language];
    const word = `zebra-${language}-${theme}`;
    await app.look(language, theme);
    await app.signIn("/chat");
    await expect(page.getByRole("textbox", { name: t.message })).toBeFocused();
    await app.expectAccessible();
    await page.keyboard.type(`${word} 그리드에서 변경된 행만 저장하려면?`);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/chat\/[0-9a-f-]{30,}/);
    const log = page.getByRole("log");
    await expect(log.getByRole("article")).toHaveCount(2);
    await expect(log.getByRole("button", { name: t.retry })).toBeVisible();
    await app.expectAccessible();
    await app.picture(`chat-${language}-${theme}`);

    await log.getByRole("button", { name: t.edit }).click();
    await page.getByRole("textbox", { name: t.message }).fill(`${word} 다른 질문`);
    await page.getByRole("button", { name: t.resend, exact: true }).click();
    await expect(log.getByText(`${word} 다른 질문`)).toBeVisible();
    await expect(log.getByRole("article")).toHaveCount(2);
    await expect(log.getByRole("button", { name: t.retry })).toBeEnabled();
    await log.getByRole("button", { name: t.retry }).click();
    await expect(log.getByRole("button", { name: t.retry })).toBeEnabled();

    await page.getByRole("button", { name: t.settings }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await app.expectAccessible();
    await page.getByRole("dialog").getByRole("button", { name: t.save }).click();
    await expect(page.getByText(t.saved)).toBeVisible();

    const side = page.getByRole("complementary", { name: t.sessions });
    await side.getByRole("searchbox", { name: t.search }).fill(word);
    await expect(side.locator("mark").first()).toHaveText(word);
    await side.getByRole("button", { name: new RegExp(word) }).first().click();
    await page.getByRole("menuitem", { name: t.rename }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: t.title }).fill(`renamed ${word}`);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: `renamed ${word}` })).toBeVisible();

    await side.getByRole("button", { name: new RegExp(`renamed ${word}`) }).first().click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: t.json }).click()]);
    const exported = readFileSync(await file.path(), "utf-8");
    expect(exported).toContain(`${word} 다른 질문`);
    await page.getByTestId("import").setInputFiles({ name: "chat.json", mimeType: "application/json", buffer: Buffer.from(exported) });
    await expect(page.getByText(t.import)).toBeVisible();
    await expect(page.getByRole("log").getByText(`${word} 다른 질문`)).toBeVisible();
  });
}

test("at 360 pixels everything is in reach", async ({ app, page }) => {
  // R3.6
  await page.setViewportSize({ width: 360, height: 740 });
  await app.look("ko", "light");
  await app.signIn("/chat");
  await page.getByRole("textbox", { name: TEXTS.ko.message }).fill("안녕하세요");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log").getByRole("article")).toHaveCount(2);
  await expect(page.getByRole("button", { name: TEXTS.ko.retry })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await app.expectAccessible();
  await app.picture("chat-360");
  await page.getByRole("button", { name: TEXTS.ko.sessions }).click();
  await expect(page.getByRole("dialog").getByRole("link").first()).toBeVisible();
  await app.expectAccessible();
  await page.keyboard.press("Escape");
});

test("the Enter that ends a composition sends nothing", async ({ app, page }) => {
  // R3.6
  await app.look("ko", "light");
  await app.signIn("/chat");
  const field = page.getByRole("textbox", { name: TEXTS.ko.message });
  await expect(field).toBeFocused();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "안녕", selectionStart: 2, selectionEnd: 2 });
  await field.dispatchEvent("keydown", { key: "Enter", code: "Enter", isComposing: true, bubbles: true, cancelable: true });
  expect(new URL(page.url()).pathname).toBe("/console/chat");
  await session.send("Input.insertText", { text: "안녕" });
  await expect(field).toHaveValue("안녕");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/chat\/[0-9a-f-]{30,}/);
});

test("a lost connection comes back without a word lost or twice", async ({ app, page, context }) => {
  // R3.4
  await app.look("en", "light");
  await app.signIn("/chat");
  await expect(page.getByRole("textbox", { name: TEXTS.en.message })).toBeFocused();
  await page.keyboard.type("first");
  await page.keyboard.press("Enter");
  const log = page.getByRole("log");
  await expect(log.getByRole("article")).toHaveCount(2);
  await expect(log.getByRole("button", { name: TEXTS.en.retry })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText(TEXTS.en.lost)).toBeVisible();
  await page.getByRole("textbox", { name: TEXTS.en.message }).fill("second, while offline");
  await page.keyboard.press("Enter");
  await expect(log.getByText("second, while offline")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(TEXTS.en.lost)).toBeHidden();
  await expect(log.getByRole("article")).toHaveCount(4);
  await expect(log.getByText("second, while offline")).toHaveCount(1);
});

const FRAME_MS = 16.7;
/** Three frames of sixty a second: less than a reader sees as a halt. */
const JANK_MS = 50;

interface Frames {
  cpu: number;
  p50: number;
  p95: number;
  longest: number;
}

/** The frames, in ms, while the wheel turns fast: a screen in five frames, forty screens up and down again. */
async function scrolled(page: Page): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1_000;
  };
  const before = await worked();
  const times = await frames(page, 200, 0.2);
  const cpu = (await worked()) - before;
  const at = (list: number[], share: number) => Math.round((list[Math.floor(list.length * share)] ?? 0) * 10) / 10;
  return { cpu: Math.round((cpu / times.length) * 10) / 10, p50: at(times, 0.5), p95: at(times, 0.95), longest: at(times, 0.999) };
}

/** The times between frames, sorted, while `share` of a screen is scrolled in each: `count` up, as many down. */
async function frames(page: Page, count: number, share: number): Promise<number[]> {
  return page.getByRole("log").evaluate(
    async (list, [wanted, part]) => {
      const times: number[] = [];
      let last = await new Promise<number>((resolve) => { requestAnimationFrame(resolve); });
      for (const direction of [-1, 1]) {
        for (let place = 0; place < wanted; place += 1) {
          list.scrollBy({ top: direction * list.clientHeight * part, behavior: "instant" });
          const now = await new Promise<number>((resolve) => { requestAnimationFrame(resolve); });
          times.push(now - last);
          last = now;
        }
      }
      return times.sort((one, other) => one - other);
    },
    [count, share] as const,
  );
}

/** As many as a page of the console holds. */
const PAGE = 100;

test("a thousand messages scroll, a few of them drawn", async ({ app, page, request }) => {
  test.setTimeout(300_000);
  // R3.6
  const { api_key, base_url } = credentials();
  const messages = Array.from({ length: 1_000 }, (_, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content: index % 2 === 0 ? `question ${String(index)}` : `answer ${String(index)}\n\n\`\`\`js\nconst n = ${String(index)};\n\`\`\``,
  }));
  const made = await request.post(`${base_url}/api/sessions/`, { headers: { Authorization: `Bearer ${api_key}` }, data: { title: "long" } });
  const { id } = (await made.json()) as { id: string };
  const empty = await request.get(`${base_url}/api/sessions/${id}/export/?format=json`, { headers: { Authorization: `Bearer ${api_key}` } });
  const document = { ...((await empty.json()) as object), messages };
  const imported = await request.post(`${base_url}/api/sessions/import/`, { headers: { Authorization: `Bearer ${api_key}` }, data: document });
  expect(imported.status(), await imported.text()).toBe(201);
  const { session } = (await imported.json()) as { session: { id: string } };
  await app.look("en", "light");
  await app.signIn(`/chat/${session.id}`);
  const log = page.getByRole("log");
  await expect(log.getByText("answer 999")).toBeVisible();
  const earlier = page.getByRole("button", { name: "Show earlier messages" });
  for (let before = PAGE; before < 1_000; before += PAGE) {
    const more = page.waitForResponse(/messages\?.*cursor=/);
    await earlier.evaluate((button: HTMLButtonElement) => { button.click(); });
    await more;
    await expect(earlier.and(page.locator("[data-loading]"))).toHaveCount(0, { timeout: 60_000 });
  }
  await expect(earlier).toBeHidden();
  const measured = await scrolled(page);
  process.stdout.write(`1,000 messages, frames while scrolling: ${JSON.stringify(measured)}\n`);
  expect(measured.cpu, "the page's own work for a frame, in ms of processor time").toBeLessThanOrEqual(FRAME_MS);
  // Times on the clock say something of the page where nothing else wants the processors.
  if ((loadavg()[0] ?? 0) <= cpus().length) expect(measured.p95, "p95 of the frames, in ms").toBeLessThanOrEqual(JANK_MS);
  await log.evaluate((list) => { list.scrollTop = 0; });
  await expect(log.getByText("question 0", { exact: true })).toBeVisible();
  expect(await log.getByRole("article").count()).toBeLessThan(60);
});
