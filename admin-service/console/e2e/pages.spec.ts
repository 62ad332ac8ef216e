/** Every page in both languages and both themes, on a desk and on a phone: accessible, nothing wider than the window. */

import { expect, LOOKS, test, type Console } from "./console";
import { bearer } from "./engine";
import { credentials } from "./mesh";

const PAGES = [
  "dashboard", "usage", "logs", "evaluations", "experiments", "releases", "engines", "knowledge", "examples", "training", "templates", "templates/xframe5/shown", "settings", "users", "keys",
  "audit", "history", "account",
];
/** Of the pages that the documents show. */
const PICTURED = new Set(["dashboard", "engines"]);
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1440, height: 900 };

async function shown(app: Console, name: string): Promise<void> {
  const { page } = app;
  await app.open(`/${name}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[aria-busy=true], .mantine-Skeleton-root[data-visible], .mantine-Loader-root")).toHaveCount(0);
}

test.beforeAll(async ({ playwright }) => {
  // Something to see: a template, an entry, an engine that is off, and what generations leave behind.
  const request = await playwright.request.newContext({ baseURL: credentials().base_url, extraHTTPHeaders: bearer() });
  const version = "# system\n업무 화면의 명세를 JSON으로 작성합니다.\n\n# request\n이 요청의 화면 명세를 작성하세요.\n";
  await request.post("/api/admin/templates", { data: { framework: "xframe5", name: "shown", task: "spec", content: version, note: "짧은 지시", labels: ["staging"] } });
  await request.post("/api/admin/knowledge", { data: { id: "shown", framework: "xframe5", kind: "rule", title: "저장은 변경된 행만 보낸다", text: "저장 트랜잭션은 `changed`로 보냅니다.", tags: ["저장"], aliases: ["변경분 저장"] } });
  await request.post("/api/admin/engines", { data: { id: "gpu-1", name: "GPU 1", kind: "vllm", base_url: "http://10.0.0.5:8000", model: "qwen3-coder:30b", enabled: false } });
  await request.post("/api/v1/generations", { data: { prompt: "부서 목록 조회 화면 만들어줘" } });
  await request.dispose();
});

for (const [language, theme] of LOOKS) {
  test(`every page, in ${language} and ${theme}`, async ({ app, page }) => {
    // R1.13 R1.14 R1.15 R1.16 R1.17 R3.6
    test.setTimeout(240_000);
    await app.look(language, theme);
    await app.signIn("/account");
    for (const name of PAGES) {
      await test.step(name, async () => {
        await page.setViewportSize(DESK);
        await shown(app, name);
        await app.expectAccessible();
        if (PICTURED.has(name)) await app.picture(`${name}-${language}-${theme}`);
        if (theme === "dark") return; // colours have no width
        await page.setViewportSize(PHONE);
        await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), `${name} at 360 px`).toBeLessThanOrEqual(PHONE.width);
      });
    }
  });
}
