/** Stored scripts: each payload goes in by every door that people and models have, and runs on no page. Last of all files by its name: what it stores would be in the pictures. */

import { expect, test, type Console } from "./console";
import { bearer, startEngine } from "./engine";
import { credentials } from "./mesh";
import { LINES, NAMES, PAYLOADS } from "./payloads";

const ALL = PAYLOADS.join("\n\n");

/** Nothing of a payload became a part of the page. (Dialogs, other hosts and what the CSP had to stop fail each test.) */
async function expectInert({ page }: Console): Promise<void> {
  await page.waitForTimeout(150);
  const live = await page.evaluate(() => {
    const dangerous = "script:not([src]), object, embed, base, meta[http-equiv=refresh], iframe:not([sandbox]), a[href^='javascript' i], a[href^='data' i], a[href^='vbscript' i], img[src*=evil], img[src=x], link[href*=evil], form[action^='javascript' i]";
    const handlers = [...document.querySelectorAll("*")].filter((one) => one.getAttributeNames().some((name) => name.startsWith("on")));
    return [...document.querySelectorAll(dangerous), ...handlers].map((one) => one.outerHTML.slice(0, 120));
  });
  expect(live).toEqual([]);
}

test.beforeEach(async ({ app }) => {
  await app.look("en", "light");
});

test("through prompts and file names", async ({ app, page, request }) => {
  // R3.8
  const { base_url } = credentials();
  const made = await request.post(`${base_url}/api/v1/generations`, {
    headers: bearer(),
    data: {
      prompt: `Task 관리 화면 만들어줘 ${ALL}`,
      attachments: NAMES.slice(0, 18).map((name) => ({ name: `${name}.sql`, media_type: "text/plain", content: "CREATE TABLE task (task_id VARCHAR(20) PRIMARY KEY, title VARCHAR(50));" })),
    },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const { generation_id: id } = (await made.json()) as { generation_id: string };
  await app.signIn(`/studio/${id}`);
  await expect(page.getByRole("status").filter({ hasText: "Done" })).toBeVisible();
  await expectInert(app);
  await app.open("/history");
  await expect(page.getByText("<script>alert(1)</script>").first()).toBeVisible();
  await expectInert(app);
  await app.open(`/logs/${id}`);
  await page.getByRole("button", { name: "Prompts as sent" }).click();
  await expect(page.getByText("framewright-request").first()).toBeVisible();
  await expectInert(app);
  await app.open("/studio");
  await expect(page.getByRole("textbox", { name: "Describe the screen" })).toBeFocused();
  await page.evaluate((names) => {
    const files = new DataTransfer();
    for (const name of names) files.items.add(new File(["CREATE TABLE a (b INT);"], `${name}.sql`));
    document.querySelector("textarea")?.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
  }, NAMES);
  await expect(page.getByText(`${NAMES.at(-1) ?? ""}.sql`)).toBeVisible();
  await expectInert(app);
});

test("through knowledge, its preview, and the names of imported files", async ({ app, page, request }) => {
  // R3.8 R1.15
  const { base_url } = credentials();
  for (const [place, title] of LINES.entries()) {
    const entry = { id: `xss-${String(place)}`, framework: "xframe5", kind: "rule", title, text: PAYLOADS[place] ?? title, aliases: [title], tags: [title], source: title, enabled: false };
    const made = await request.post(`${base_url}/api/admin/knowledge`, { headers: bearer(), data: entry });
    expect(made.ok(), await made.text()).toBe(true);
  }
  await request.post(`${base_url}/api/admin/knowledge`, { headers: bearer(), data: { id: "xss-all", framework: "xframe5", kind: "rule", title: "every payload", text: ALL } });
  await app.signIn("/knowledge");
  await expect(page.getByRole("row", { name: /every payload/ })).toBeVisible();
  await expectInert(app);
  await page.getByRole("row", { name: /every payload/ }).click();
  await expect(page.getByRole("dialog").getByText("Preview")).toBeVisible();
  await expect(page.getByRole("dialog").locator("pre").first()).toBeVisible();
  await expectInert(app);
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Try a query" }).click();
  await page.getByRole("textbox", { name: "Query" }).fill("every payload alert");
  await expect(async () => {
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "every payload" })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 45_000 });
  await expectInert(app);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByTestId("knowledge-files").setInputFiles(NAMES.map((name, place) => ({ name: `${name}.md`, mimeType: "text/markdown", buffer: Buffer.from(place % 2 ? "" : PAYLOADS[place] ?? name) })));
  await page.getByRole("button", { name: "Check first" }).click();
  await expect(page.getByRole("region", { name: "File by file" })).toBeVisible();
  await expectInert(app);
  await request.delete(`${base_url}/api/admin/knowledge/xss-all`, { headers: bearer() });
});

test("through templates: their text, their notes, and what a trial shows", async ({ app, page, request }) => {
  // R3.8 R1.16
  const { base_url } = credentials();
  const made = await request.post(`${base_url}/api/admin/templates`, {
    headers: bearer(),
    data: { framework: "xframe5", name: "xss", task: "answer", content: `# system\n${ALL}\n\n# request\n${ALL}`, note: LINES[0] },
  });
  expect(made.ok(), await made.text()).toBe(true);
  for (const [place, note] of LINES.entries()) {
    await request.post(`${base_url}/api/admin/templates/xframe5/xss/versions`, { headers: bearer(), data: { content: `# system\n${note}`, note, base_version: place + 1 } });
  }
  await app.signIn("/templates/xframe5/xss");
  await expect(page.locator(".cm-content").first()).toBeVisible();
  await expectInert(app);
  for (const tab of ["Compare", "Labels"]) {
    await page.getByRole("tab", { name: tab }).click();
    await expectInert(app);
  }
  await page.getByRole("tab", { name: "Try it" }).click();
  await page.getByRole("textbox", { name: "Sample request" }).fill(ALL);
  await page.getByRole("button", { name: "Show the prompt" }).click();
  await expect(page.getByRole("region", { name: "The prompt as it is sent" })).toBeVisible();
  await expectInert(app);
});

test("through the names of people, keys, engines and conversations", async ({ app, page, request }) => {
  // R3.8 R1.13
  const { base_url } = credentials();
  const post = async (path: string, data: object) => {
    const made = await request.post(`${base_url}${path}`, { headers: bearer(), data });
    expect(made.ok(), `${path}: ${await made.text()}`).toBe(true);
  };
  for (const [place, name] of LINES.entries()) {
    await post("/api/admin/users", { email: `xss${String(place)}@example.com`, name: name.slice(0, 100), role: "developer", password: "a long enough password 1" });
    await post("/api/admin/keys", { name: name.slice(0, 100) });
    await post("/api/sessions/", { title: name });
  }
  await post("/api/admin/engines", { id: "xss-engine", name: LINES[0], kind: "vllm", base_url: "http://127.0.0.1:9", model: LINES[4], enabled: false });
  await app.signIn("/users");
  for (const path of ["/users", "/keys", "/engines", "/chat", "/audit", "/usage", "/dashboard"]) {
    await app.open(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expectInert(app);
  }
  await request.delete(`${base_url}/api/admin/engines/xss-engine`, { headers: bearer() });
  await app.page.context().clearCookies();
  await app.signIn("/account", "xss0@example.com", "a long enough password 1");
  await expect(page.getByText(LINES[0] ?? "").first()).toBeVisible();
  await expectInert(app);
});

test("through what a model answers, in the chat and in the studio", async ({ app, page, request }) => {
  // R3.8
  const engine = await startEngine(request, "evil", [{ contains: "", text: ALL }], 4_000);
  const { base_url } = credentials();
  const made = await request.post(`${base_url}/api/sessions/`, { headers: bearer(), data: { title: "evil", model: engine.id, max_tokens: 4_000 } });
  const { id } = (await made.json()) as { id: string };
  await app.signIn(`/chat/${id}`);
  await page.getByRole("textbox", { name: "Message" }).fill(ALL);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("button", { name: "Answer anew" })).toBeEnabled({ timeout: 40_000 });
  const answer = page.getByRole("log").getByRole("article").last();
  await expect(answer.locator("pre").first()).toBeVisible();
  await expectInert(app);
  const asked = await request.post(`${base_url}/api/v1/generations`, { headers: bearer(), data: { prompt: "그리드에서 변경된 행만 저장하려면 어떻게 하나요?", model: engine.id } });
  const { generation_id: generation } = (await asked.json()) as { generation_id: string };
  await app.open(`/studio/${generation}`);
  await expect(page.getByRole("status").filter({ hasText: "Done" })).toBeVisible();
  await expectInert(app);
  await app.open(`/logs/${generation}`);
  await expect(page.getByRole("dialog").getByText(generation)).toBeVisible();
  await page.getByRole("button", { name: "Answers as received" }).click();
  await expectInert(app);
  await engine.stop();
});
