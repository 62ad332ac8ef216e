/** The pages of administrators, and what each is for. (How they look, in every language and theme: pages.spec.ts.) */

import { readFileSync } from "node:fs";

import { expect, test } from "./console";
import { bearer, startEngine } from "./engine";
import { credentials } from "./mesh";

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
  await page.getByRole("textbox", { name: "제목과 내용에서 검색" }).fill("fn_zebra");
  await expect(page.getByRole("row", { name: /fn_zebra/ }).first()).toBeVisible();
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

test("knowledge goes out as a pack, comes in again by the file, and the index is made anew", async ({ app, page, request }) => {
  // R1.15 R5.3
  test.setTimeout(180_000);
  const { base_url } = credentials();
  const earlier = await request.get(`${base_url}/api/admin/knowledge?q=fn_quagga`, { headers: bearer() });
  for (const { id } of ((await earlier.json()) as { items: { id: string }[] }).items) await request.delete(`${base_url}/api/admin/knowledge/${id}`, { headers: bearer() });
  await request.post(`${base_url}/api/admin/knowledge`, { headers: bearer(), data: { id: "packed", framework: "xframe5", kind: "rule", title: "내보낼 규칙", text: "본문" } });
  await app.look("ko", "light");
  await app.signIn("/knowledge");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "내보내기" }).click()]);
  expect(download.suggestedFilename()).toMatch(/^knowledge-all-\d+\.zip$/);
  const pack = readFileSync(await download.path());
  await request.delete(`${base_url}/api/admin/knowledge/packed`, { headers: bearer() });

  await page.getByRole("button", { name: "가져오기" }).click();
  const form = page.getByRole("dialog", { name: "지식 가져오기" });
  await page.getByTestId("knowledge-files").setInputFiles([
    { name: "pack.zip", mimeType: "application/zip", buffer: pack },
    { name: "표준 버튼.md", mimeType: "text/markdown", buffer: Buffer.from("# 버튼 표준은 fn_quagga\n조회 버튼은 **fn_quagga** 함수로 연다.") },
    { name: "빈 파일.md", mimeType: "text/markdown", buffer: Buffer.from("") },
    { name: "오타.md", mimeType: "text/markdown", buffer: Buffer.from("---\ntitel: x\n---\n본문") },
  ]);
  await form.getByRole("button", { name: "미리 확인" }).click();
  await expect(form.getByRole("row", { name: /빈 파일.md.*빈 파일입니다/ })).toBeVisible();
  await expect(form.getByRole("row", { name: /오타.md.*titel/ })).toBeVisible();
  await expect(form.getByRole("row", { name: /버튼 표준은 fn_quagga.*추가/ })).toBeVisible();
  await app.expectAccessible();
  await app.picture("knowledge-import-ko-light");
  await form.getByRole("button", { name: "가져오기" }).click();
  await expect(form.getByText("가져왔습니다")).toBeVisible();
  await form.getByRole("button", { name: "닫기" }).last().click();
  for (const found of ["내보낼 규칙", "fn_quagga"]) {
    await page.getByRole("textbox", { name: "제목과 내용에서 검색" }).fill(found);
    await expect(page.getByRole("row", { name: new RegExp(found) }).first()).toBeVisible();
  }

  await page.getByRole("tab", { name: "색인" }).click();
  await expect(page.getByRole("row", { name: /xframe5/ })).toBeVisible();
  await page.getByRole("button", { name: "전부 다시 색인" }).click();
  await expect(page.getByText(/[1-9]\d* \/ \d/)).toBeVisible({ timeout: 60_000 });
  await app.picture("knowledge-index-ko-light");
  await expect(page.getByText(/색인을 마쳤습니다/)).toBeVisible({ timeout: 120_000 });
  await app.expectAccessible();
  await page.getByRole("tab", { name: "질의 시험" }).click();
  await page.getByRole("textbox", { name: "질의" }).fill("fn_quagga");
  await page.getByRole("button", { name: "찾기" }).click();
  await expect(page.getByRole("listitem").first()).toContainText("fn_quagga");
});

test("a template is tried: its prompt, an engine's answer as it comes, and an engine that fails", async ({ app, page, request }) => {
  // R1.16
  const { base_url } = credentials();
  await request.post(`${base_url}/api/admin/templates`, { headers: bearer(), data: { framework: "xframe5", name: "tried", task: "spec", content: "# system\nAnswer with a spec." } });
  const engine = await startEngine(request, "trial", [{ contains: "zebra wording", text: "The answer of the engine, word by word, to its end." }, { contains: "", text: "no" }], 20);
  await app.look("en", "dark");
  await app.signIn("/templates/xframe5/tried");
  await page.getByRole("textbox", { name: "Text" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" zebra wording");
  await page.getByRole("tab", { name: "Try it" }).click();
  await page.getByRole("button", { name: "Show the prompt" }).click();
  const sent = page.getByRole("region", { name: "The prompt as it is sent" });
  await expect(sent.getByText("zebra wording")).toBeVisible();
  await expect(sent.getByText("framewright-request")).toBeVisible();
  await page.getByRole("combobox", { name: "Engine" }).click();
  await page.getByRole("option", { name: "trial" }).click();
  await page.getByRole("button", { name: "Send it to the engine" }).click();
  const answer = page.getByRole("region", { name: "The engine's answer" });
  await expect(answer.getByText("The answer of")).toBeVisible();
  await expect(answer.getByText("word by word, to its end.")).toBeVisible();
  await expect(answer.getByText(/first token/)).toBeVisible();
  await app.expectAccessible();
  await page.setViewportSize({ width: 1440, height: 1500 });
  await app.picture("template-trial-en-dark");
  await engine.stop();
  await page.getByRole("button", { name: "Send it to the engine" }).click();
  await expect(page.getByRole("alert")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("alert")).toContainText(/trial|engine/i);
});

test("the second of two editors of a template sees what the first did, and loses no word", async ({ app, page, context }) => {
  // R1.16
  const { base_url } = credentials();
  const name = `shared-${String(Date.now())}`;
  await page.request.post(`${base_url}/api/admin/templates`, { headers: bearer(), data: { framework: "xframe5", name, task: "spec", content: "# system\none line" } });
  await app.look("ko", "light");
  await app.signIn(`/templates/xframe5/${name}`);
  const other = await context.newPage();
  await other.goto(`${base_url}/console/templates/xframe5/${name}`);
  const write = async (on: typeof page, words: string) => {
    await on.getByRole("textbox", { name: "내용" }).last().click();
    await on.keyboard.press("Control+End");
    await on.keyboard.type(words);
  };
  await write(other, "\nsecond, of the other");
  await write(page, "\nfirst, of mine");
  await other.getByRole("button", { name: "새 버전으로 저장" }).click();
  await expect(other.getByText("버전 2을 저장했습니다")).toBeVisible();
  await page.getByRole("button", { name: "새 버전으로 저장" }).click();
  const conflict = page.getByRole("alert").filter({ hasText: "그사이 다른 사람이 버전 2을 저장했습니다" });
  await expect(conflict).toBeVisible();
  await expect(conflict.locator(".cm-editor")).toContainText("first, of mine");
  await expect(conflict.locator(".cm-deletedChunk")).toContainText("second, of the other");
  await expect(page.getByRole("textbox", { name: "내용" }).last()).toContainText("first, of mine");
  await app.expectAccessible();
  await app.picture("template-conflict-ko-light");
  await conflict.getByRole("button", { name: "버전 2 다음으로 내 글 저장" }).click();
  await expect(page.getByText("버전 3을 저장했습니다")).toBeVisible();
  await expect(conflict).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "내용" }).last()).toContainText("first, of mine");
  await page.getByRole("tab", { name: "비교" }).click();
  await expect(page.locator(".cm-deletedChunk")).toContainText("second, of the other");
  await other.close();
});

test("production takes no version without an evaluation, but for a reason that is kept", async ({ app, page, request }) => {
  // R1.16
  const { base_url } = credentials();
  await request.post(`${base_url}/api/admin/templates`, { headers: bearer(), data: { framework: "xframe5", name: "gated", task: "chat", content: "# system\nhello" } });
  await app.look("en", "light");
  await app.signIn("/templates/xframe5/gated");
  await page.getByRole("tab", { name: "Labels" }).click();
  await page.getByRole("combobox", { name: "production" }).click();
  await page.getByRole("option", { name: "1", exact: true }).click();
  await page.getByRole("button", { name: "Move" }).first().click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByRole("textbox", { name: "Reason to overrule" }).fill("The first version, read by two people");
  await app.expectAccessible();
  await page.getByRole("button", { name: "Move" }).first().click();
  await expect(page.getByText("Now 1")).toBeVisible();
  await request.delete(`${base_url}/api/admin/templates/xframe5/gated/labels/production`, { headers: bearer() });
  await app.open("/audit");
  await expect(page.getByText("template.move_label").first()).toBeVisible();
});

test("an engine's adapters, and the values of its model", async ({ app, page, request }) => {
  // R1.14 R4.6
  const engine = await startEngine(request, "adapted", [{ contains: "", text: "x" }], 40);
  await app.look("ko", "dark");
  await app.signIn("/engines");
  await page.getByRole("row", { name: /adapted/ }).first().click();
  const drawer = page.getByRole("dialog", { name: "adapted" });
  await drawer.getByRole("tab", { name: "LoRA" }).click();
  await expect(drawer.getByText(/원래 모델/).first()).toBeVisible();
  await app.expectAccessible();
  await page.keyboard.press("Escape");
  await page.getByRole("table", { name: "모델별 값" }).getByRole("button", { name: "adapted" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await app.expectAccessible();
  await page.keyboard.press("Escape");
  await engine.stop();
});

test("a generation's log is opened from its id", async ({ app, page, request }) => {
  // R1.17
  const { base_url, api_key } = credentials();
  const made = await request.post(`${base_url}/api/v1/generations`, {
    headers: { Authorization: `Bearer ${api_key}` },
    data: { prompt: "부서 목록 조회 화면" },
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
