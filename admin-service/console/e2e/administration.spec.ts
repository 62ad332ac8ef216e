/** The pages of administrators: every one in both languages and themes, then what each is for. */

import { expect, LOOKS, test } from "./console";
import { credentials } from "./mesh";

const PAGES = ["logs", "engines", "knowledge", "templates", "settings", "users", "keys", "audit"];

for (const [language, theme] of LOOKS) {
  test(`the administration, in ${language} and ${theme}`, async ({ app, page }) => {
    // R1.13 R1.14 R1.15 R1.16
    await app.look(language, theme);
    await app.signIn("/settings");
    for (const name of PAGES) {
      await app.open(`/${name}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await app.expectAccessible();
      await app.picture(`${name}-${language}-${theme}`);
    }
  });
}

test("a user is added, made an operator, and disabled", async ({ app, page }) => {
  // R1.13
  await app.look("ko", "light");
  await app.signIn("/users");
  await page.getByRole("button", { name: "사용자 추가" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "이메일" }).fill("kim@example.com");
  await page.getByRole("dialog").getByRole("button", { name: "추가" }).click();
  await expect(page.getByText("첫 비밀번호")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "닫기" }).last().click();
  await page.getByRole("row", { name: /kim@example.com/ }).click();
  const account = page.getByRole("dialog", { name: "kim@example.com" });
  await account.getByRole("combobox", { name: "역할" }).click();
  await page.getByRole("option", { name: "운영자" }).click();
  await account.getByRole("switch", { name: "비활성화" }).check();
  await account.getByRole("button", { name: "저장" }).click();
  await expect(page.getByRole("row", { name: /kim@example.com.*운영자.*비활성/ })).toBeVisible();
});

test("an engine is added and tested, and says why it can't be reached", async ({ app, page }) => {
  // R1.14
  await app.look("en", "dark");
  await app.signIn("/engines");
  await page.getByRole("button", { name: "Add an engine" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "ID" }).fill("lab");
  await form.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:9/");
  await form.getByRole("textbox", { name: "Model", exact: true }).fill("tiny");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByRole("row", { name: /lab/ }).click();
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByText("The server can't be talked to")).toBeVisible();
  await app.expectAccessible();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog", { name: "Delete the engine" }).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("row", { name: /lab/ })).toHaveCount(0);
});

test("a knowledge entry changes what a query finds", async ({ app, page }) => {
  // R1.15 R5.3
  await app.look("ko", "light");
  await app.signIn("/knowledge");
  await page.getByRole("button", { name: "지식 추가" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "프레임워크" }).fill("xframe5");
  await form.getByRole("textbox", { name: "제목" }).fill("결재선 지정은 fn_zebra로 한다");
  await form.getByRole("textbox", { name: "내용" }).fill("결재선은 **fn_zebra** 함수로 연다. <img src=x onerror=alert(1)>");
  await expect(form.getByText("fn_zebra", { exact: true })).toBeVisible();
  await form.getByRole("button", { name: "저장" }).click();
  await expect(page.getByRole("row", { name: /fn_zebra/ })).toBeVisible();
  await page.getByRole("tab", { name: "질의 시험" }).click();
  await page.getByRole("textbox", { name: "질의" }).fill("fn_zebra 결재선 지정");
  await expect(async () => {
    await page.getByRole("button", { name: "찾기" }).click();
    await expect(page.getByRole("listitem").first()).toContainText("fn_zebra", { timeout: 2_000 });
  }).toPass({ timeout: 45_000 });
  await app.expectAccessible();
  await app.picture("knowledge-query-ko-light");
});

test("a template's new version is put in force, and rolled back", async ({ app, page }) => {
  // R1.16
  await app.look("en", "light");
  await app.signIn("/templates");
  await page.getByRole("button", { name: "Add a template" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "Framework" }).fill("xframe5");
  await form.getByRole("textbox", { name: "Name" }).fill("trial");
  await form.getByRole("textbox", { name: "Text" }).fill("# system\nAnswer with a screen spec.\n\n# request\nWrite it.\n");
  await form.getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("heading", { name: "xframe5/trial" })).toBeVisible();
  await page.getByRole("textbox", { name: "Text" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nBe brief.");
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await page.getByRole("tab", { name: "Labels" }).click();
  for (const version of ["2", "1"]) {
    await page.getByRole("combobox", { name: "staging" }).click();
    await page.getByRole("option", { name: version, exact: true }).click();
    await page.getByRole("button", { name: "Move" }).last().click();
    await expect(page.getByText(`Now ${version}`)).toBeVisible();
  }
  await page.getByRole("tab", { name: "Compare" }).click();
  await expect(page.getByText("Be brief.")).toBeVisible();
});

test("a generation's log is opened from its id", async ({ app, page, request }) => {
  // R1.17
  const { base_url, api_key } = credentials();
  const made = await request.post(`${base_url}/api/v1/generations`, {
    headers: { Authorization: `Bearer ${api_key}` },
    data: { prompt: "부서 목록 조회 화면 <script>alert(1)</script>" },
  });
  const { generation_id: id } = (await made.json()) as { generation_id: string };
  await app.look("ko", "dark");
  await app.signIn(`/logs/${id}`);
  await expect(page.getByRole("dialog").getByText(id)).toBeVisible();
  await expect(page.getByRole("list", { name: "단계별 시간" })).toBeVisible();
  await page.getByRole("button", { name: "보낸 프롬프트" }).click();
  await expect(page.getByText("framewright-request").first()).toBeVisible();
  await app.expectAccessible();
  await app.picture("log-ko-light");
});

test("settings are in force at once, and the second of two editors loses nothing", async ({ app, page, context }) => {
  // R1.16
  await app.look("en", "light");
  await app.signIn("/settings");
  const other = await context.newPage();
  await other.goto(`${credentials().base_url}/console/settings`);
  const limit = (on: typeof page) => on.getByRole("textbox", { name: "At most" }).first();
  await expect(limit(other)).toBeVisible();
  await limit(page).fill("7");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved, and in force.")).toBeVisible();
  await limit(other).fill("9");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("alert").first()).toContainText("changed");
  await expect(limit(other)).toHaveValue("9");
});

test("a developer sees no administration", async ({ app, page, request }) => {
  // R1.13
  const { base_url, api_key } = credentials();
  const made = await request.post(`${base_url}/api/admin/users`, {
    headers: { Authorization: `Bearer ${api_key}` },
    data: { email: "dev@example.com", password: "a long enough password 1", role: "developer" },
  });
  expect(made.ok()).toBe(true);
  await app.look("en", "light");
  await app.signIn("/engines", "dev@example.com", "a long enough password 1");
  await expect(page.getByText("Not for your role")).toBeVisible();
  await expect(page.getByRole("link", { name: "Engines" })).toHaveCount(0);
});
