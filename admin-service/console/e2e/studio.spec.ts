/** The Studio: from a sentence to files, corrected, changed, downloaded, accepted. */

import { expect, LOOKS, test } from "./console";
import { credentials } from "./mesh";

const TEXTS = {
  ko: { prompt: "화면 설명", done: "완료", table: "컬럼", emit: "파일 다시 만들기", made: "파일을 다시 만들었습니다.", changes: "변경 사항", download: "내려받기", accept: "채택", thanks: "감사합니다", change: "이 화면 바꾸기", code: "코드", label: "마감일: 라벨" },
  en: { prompt: "Describe the screen", done: "Done", table: "Columns", emit: "Make the files anew", made: "The files are made anew.", changes: "Changes", download: "Download", accept: "Accept", thanks: "Thank you", change: "Change this", code: "Code", label: "마감일: Label" },
};

for (const [language, theme] of LOOKS) {
  test(`a sentence becomes a screen, in ${language} and ${theme}`, async ({ app, page }) => {
    // R1.9, R1.12, R1.15
    const t = TEXTS[language];
    await app.look(language, theme);
    await app.signIn("/studio");
    await expect(page.getByRole("textbox", { name: t.prompt })).toBeFocused();
    await app.expectAccessible();
    await app.picture(`studio-${language}-${theme}`);
    await page.keyboard.type("Task 관리 화면 만들어줘");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/studio\/[0-9a-f-]{30,}/);
    await expect(page.getByRole("status").filter({ hasText: t.done })).toBeVisible();
    await expect(page.frameLocator("iframe").getByText("Task 관리").first()).toBeVisible();
    await expect(page.locator(".cm-content")).toContainText("function screen_on_load");
    await app.expectAccessible();
    await app.picture(`generation-${language}-${theme}`);

    await page.getByRole("radiogroup").getByText(t.table, { exact: true }).click();
    const label = page.getByRole("textbox", { name: t.label }).last();
    await label.fill("납기일");
    await app.expectAccessible();
    await app.picture(`columns-${language}-${theme}`);
    await page.getByRole("button", { name: t.emit }).click();
    await expect(page.getByText(t.made)).toBeVisible();
    await expect(page.frameLocator("iframe").getByText("납기일").first()).toBeVisible();
    await page.getByRole("radiogroup").getByText(t.changes, { exact: true }).click();
    await expect(page.locator(".cm-changedLine").first()).toBeVisible();

    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: t.download }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.zip$/);
    await page.getByRole("button", { name: t.accept, exact: true }).click();
    await app.expectAccessible();
    await page.getByRole("dialog").getByRole("button", { name: t.accept, exact: true }).click();
    await expect(page.getByText(t.thanks)).toBeVisible();
  });
}

test("a change in words makes a new screen that shows what became different", async ({ app, page }) => {
  await app.look("ko", "light");
  await app.signIn("/studio");
  await expect(page.getByRole("textbox", { name: TEXTS.ko.prompt })).toBeFocused();
  await page.keyboard.type("Task 관리 화면 만들어줘");
  await page.keyboard.press("Enter");
  await expect(page.frameLocator("iframe").getByText("Task 관리").first()).toBeVisible();
  const before = page.url();
  await page.getByRole("textbox", { name: TEXTS.ko.change }).fill("담당자 컬럼을 삭제해줘");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.href !== before);
  await expect(page.frameLocator("iframe").getByText("Task 관리").first()).toBeVisible();
  await page.getByRole("radiogroup").getByText(TEXTS.ko.changes, { exact: true }).click();
  await expect(page.locator(".cm-deletedChunk, .cm-changedLine").first()).toBeVisible();
});

test("the columns are corrected before the screen is made", async ({ app, page }) => {
  // R1.2
  await app.look("ko", "light");
  await app.signIn("/studio");
  await expect(page.getByRole("textbox", { name: TEXTS.ko.prompt })).toBeFocused();
  await page.keyboard.type("Task 관리 화면 만들어줘");
  await page.getByRole("button", { name: "컬럼 먼저 확인" }).click();
  await page.getByRole("button", { name: "컬럼 추가" }).click();
  await page.getByRole("textbox", { name: "새 컬럼: 라벨" }).fill("예산 금액");
  await page.getByRole("textbox", { name: "예산 금액: 이름" }).fill("budget_amount");
  await app.expectAccessible();
  await app.picture("columns-first");
  await page.getByRole("button", { name: "이 컬럼으로 생성" }).click();
  await expect(page.frameLocator("iframe").getByText("예산 금액").first()).toBeVisible();
  await page.getByRole("radiogroup").getByText(TEXTS.ko.code, { exact: true }).click();
  await page.getByRole("tab", { name: "task.sql" }).click();
  await expect(page.locator(".cm-content")).toContainText("budget_amount");
});

test("a table dropped beside the prompt becomes the data model", async ({ app, page }) => {
  // R1.2
  await app.look("ko", "light");
  await app.signIn("/studio");
  await expect(page.getByRole("textbox", { name: TEXTS.ko.prompt })).toBeFocused();
  await page.evaluate(() => {
    const files = new DataTransfer();
    files.items.add(new File(["CREATE TABLE equipment (equipment_id VARCHAR(20) PRIMARY KEY, maker VARCHAR(50));"], "equipment.sql"));
    document.querySelector("textarea")?.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
  });
  await expect(page.getByText("equipment.sql")).toBeVisible();
  await page.keyboard.type("이 테이블의 관리 화면 만들어줘");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/studio\/[0-9a-f-]{30,}/);
  await page.getByRole("tab", { name: "equipment.sql" }).click();
  await expect(page.locator(".cm-content")).toContainText("maker");
});

test("a question is answered in place", async ({ app, page }) => {
  // R1.9
  await app.look("en", "dark");
  await app.signIn("/studio");
  await expect(page.getByRole("textbox", { name: TEXTS.en.prompt })).toBeFocused();
  await page.keyboard.type("화면 만들어줘");
  await page.keyboard.press("Enter");
  const question = page.getByRole("group").filter({ has: page.getByRole("button", { name: "Answer" }) }).first();
  await expect(question).toBeVisible();
  await app.expectAccessible();
  await app.picture("question-en-dark");
  await question.getByRole("textbox").fill("설비");
  await page.keyboard.press("Enter");
  const done = page.getByRole("status").filter({ hasText: TEXTS.en.done });
  const next = page.getByRole("textbox", { name: "Another answer" });
  // Further questions follow from the answer: each is answered by hand too.
  for (let asked = 0; asked < 5; asked += 1) {
    await expect(done.or(next).first()).toBeVisible();
    if (await done.isVisible()) break;
    await next.first().fill("설비");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await next.count()) === 0 || (await next.first().inputValue()) === "").toBe(true);
  }
  await expect(done).toBeVisible();
});

test("the network goes for ten seconds, and the page goes on by itself", async ({ app, page, context }) => {
  // R1.9
  const { api_key } = credentials();
  await app.look("ko", "light");
  await app.signIn("/studio");
  await expect(page.getByRole("textbox", { name: TEXTS.ko.prompt })).toBeFocused();
  await page.keyboard.type("화면 만들어줘");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/studio\/[0-9a-f-]{30,}/);
  const answer = page.getByRole("button", { name: "답하기" }).first();
  await expect(answer).toBeVisible();
  const generation = `${app.url}/api/v1/generations/${page.url().split("/").at(-1) ?? ""}`;

  await context.setOffline(true);
  await expect(page.getByText("연결이 끊겼습니다")).toBeVisible();
  const headers = { Authorization: `Bearer ${api_key}`, "Content-Type": "application/json" };
  // Meanwhile, elsewhere: every question is answered, and the generation ends.
  const ended = Date.now() + 10_000;
  while (Date.now() < ended) {
    const events = await fetch(`${generation}/events`, { headers, signal: AbortSignal.timeout(1_500) }).then(partOf, () => "");
    for (const [, id] of events.matchAll(/"question_id":"([^"]+)"/g)) {
      await fetch(`${generation}/answers`, { method: "POST", headers, body: JSON.stringify({ question_id: id, value: "설비" }) });
    }
    await page.waitForTimeout(1_000);
  }
  await context.setOffline(false);
  await expect(page.getByText("연결이 끊겼습니다")).toBeHidden();
  await expect(page.getByRole("status").filter({ hasText: TEXTS.ko.done })).toBeVisible({ timeout: 60_000 });
  await expect(page.frameLocator("iframe").locator("body")).toContainText("설비");
});

/** What of a stream comes within a moment. */
async function partOf(response: Response): Promise<string> {
  let text = "";
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += new TextDecoder().decode(part.value);
  } catch {
    return text;
  }
  return text;
}
