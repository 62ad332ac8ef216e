/** The quality loop: evaluations that compare values, A/B tests, releases with their gates, and the values of models. */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { APIRequestContext } from "@playwright/test";

import { expect, LOOKS, test } from "./console";
import { credentials } from "./mesh";

/** New ones in every run: what was in production by its own merit may always come back. */
const RUN = Date.now().toString(36);
const [FIRST, SECOND] = [`first-${RUN}`, `second-${RUN}`];

function api(request: APIRequestContext) {
  const { base_url, api_key } = credentials();
  const headers = { Authorization: `Bearer ${api_key}` };
  return {
    get: async (path: string) => (await request.get(base_url + path, { headers })).json() as Promise<Record<string, unknown>>,
    post: (path: string, data: object = {}) => request.post(base_url + path, { headers, data }),
    remove: (path: string) => request.delete(base_url + path, { headers }),
    patch: (path: string, data: object) => request.patch(base_url + path, { headers, data }),
  };
}

test.beforeAll(async ({ request }) => {
  for (const id of [FIRST, SECOND]) {
    const made = await api(request).post("/api/admin/engines", { id, kind: "openai", base_url: "http://127.0.0.1:9/v1", model: "qwen2.5-coder:7b" });
    expect(made.status()).toBe(201);
  }
});

test.afterAll(async ({ request }) => {
  await api(request).patch("/api/admin/settings", { default_engine: "builtin" });
  for (const id of [FIRST, SECOND]) await api(request).remove(`/api/admin/engines/${id}`);
});

for (const [language, theme] of LOOKS) {
  test(`the pages of the quality loop, in ${language} and ${theme}`, async ({ app, page }) => {
    await app.look(language, theme);
    await app.signIn("/evaluations");
    for (const name of ["evaluations", "experiments", "releases"]) {
      await app.open(`/${name}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await app.expectAccessible();
      await app.picture(`${name}-${language}-${theme}`);
    }
  });
}

test("an evaluation compares values of a model, and its figures stand beside the model", async ({ app, page }) => {
  // R1.19
  await app.look("ko", "light");
  await app.signIn("/evaluations");
  await page.getByRole("button", { name: "평가 시작" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "이름" }).fill("예제 수 비교");
  await dialog.getByRole("textbox", { name: "최대 사례 수" }).fill("2");
  await dialog.getByRole("combobox", { name: "비교할 값" }).click();
  await page.getByRole("option", { name: "예제 수" }).click();
  await dialog.getByRole("combobox", { name: "그 값들" }).click({ force: true }); // its own box of pills lies above it
  await page.getByRole("option", { name: "0", exact: true }).click();
  await page.getByRole("option", { name: "2", exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(dialog.getByText("생성 4건")).toBeVisible();
  await app.expectAccessible();
  await dialog.getByRole("button", { name: "평가 시작" }).click();
  await expect(page.getByRole("heading", { name: "예제 수 비교" })).toBeVisible();
  await expect(page.getByText("완료", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("columnheader", { name: "builtin · examples 2" }).first()).toBeVisible();
  await app.expectAccessible();
  await app.picture("evaluation-ko-light");
});

test("an A/B test is started, counts what people do, and is ended in one call", async ({ app, page, request }) => {
  // R1.16 R4.6
  await app.look("ko", "light");
  await app.signIn("/experiments");
  await page.getByRole("button", { name: "A/B 시험 시작" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "이름", exact: true }).fill("새 엔진");
  const tried = dialog.getByRole("group", { name: "시험할 것" });
  await tried.getByRole("combobox", { name: "엔진" }).click();
  await page.getByRole("option", { name: FIRST }).click();
  await tried.getByRole("textbox", { name: "비중" }).fill("3");
  await app.expectAccessible();
  await dialog.getByRole("button", { name: "A/B 시험 시작" }).click();
  await expect(page.getByRole("heading", { name: "새 엔진" })).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const generations = async () => ((await api(request).get(`/api/admin/experiments/${id}`)).outcomes as { generations: number }[]).reduce((sum, arm) => sum + arm.generations, 0);
  await expect(async () => {
    await api(request).post("/api/v1/generations", { prompt: "도서 목록 조회 화면" });
    expect(await generations()).toBeGreaterThan(0);
  }).toPass({ timeout: 45_000, intervals: [2000] });
  await page.reload();
  const table = page.getByRole("table", { name: "갈래별 결과" });
  await expect(table.getByRole("columnheader", { name: "control" })).toBeVisible();
  await expect(table.getByRole("row", { name: /^몫 75 % 25 %/ })).toBeVisible();
  await app.expectAccessible();
  await app.picture("experiment-ko-light");
  await page.getByRole("button", { name: "끝내고 되돌리기" }).click();
  await page.getByRole("dialog", { name: "끝내고 되돌리기" }).getByRole("button", { name: "끝내고 되돌리기" }).click();
  await expect(page.getByText("끝남", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "끝내고 되돌리기" })).toHaveCount(0);
  await page.getByRole("link", { name: "전체 시험" }).click();
  await expect(page.getByRole("row", { name: /새 엔진.*control \(9\), new \(3\).*끝남/ })).toBeVisible();
});

test("the gate refuses an engine, is overruled with a reason, and the way back is one button", async ({ app, page, request }) => {
  // R1.19
  await app.look("en", "light");
  await app.signIn("/releases");
  const put = async (engine: string) => {
    await page.getByRole("button", { name: "Put an engine in" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Engine" }).click();
    await page.getByRole("option", { name: engine }).click();
    await dialog.getByRole("button", { name: "Put into production" }).click();
    return dialog;
  };
  const first = await api(request).patch("/api/admin/settings", { default_engine: FIRST, overrule: "Not the first run over this mesh." });
  expect(first.status()).toBe(200);
  const dialog = await put(SECOND);
  await expect(dialog.getByText("No completed evaluation compares it with what is in production.")).toBeVisible();
  const overrule = dialog.getByRole("button", { name: "Overrule the gate" });
  await expect(overrule).toBeDisabled();
  await app.expectAccessible();
  await app.picture("gate-en-light");
  await dialog.getByRole("textbox", { name: "Reason to overrule" }).fill("The old server is switched off tonight.");
  await overrule.click();
  const row = page.getByRole("row", { name: new RegExp(`${SECOND}.*Gate overruled`) }).first();
  await expect(row).toBeVisible();
  await row.click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("The old server is switched off tonight.")).toBeVisible();
  await app.expectAccessible();
  await drawer.getByRole("button", { name: "Roll back" }).click();
  await page.getByRole("dialog", { name: "Roll back" }).getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`${FIRST}.*Was there before`) }).first()).toBeVisible();
  expect((await api(request).get("/api/admin/settings")).default_engine).toBe(FIRST);
  const audit = (await api(request).get("/api/admin/audit?limit=20")).items as { action: string; after: { reason?: string } }[];
  expect(audit.find((entry) => entry.action === "gate.overrule")?.after.reason).toBe("The old server is switched off tonight.");
});

test("a model's values say where they come from", async ({ app, page }) => {
  // R1.18
  await app.look("ko", "light");
  await app.signIn("/engines");
  await page.getByRole("button", { name: "qwen2.5-coder:7b" }).click();
  const drawer = page.getByRole("dialog", { name: "qwen2.5-coder:7b" });
  await expect(drawer.getByText("(확인 못 함)").first()).toBeVisible();
  await expect(drawer.getByText("(확인함)").first()).toBeVisible();
  await expect(drawer.getByText("측정한 것이 아닙니다", { exact: false })).toBeVisible();
  await app.expectAccessible();
  await app.picture("profile-ko-light");
});

/** A server with vLLM's paths for adapters: what was loaded stands among its models. */
function adapterServer(asked: string[]): Server {
  const loaded = new Map<string, string>();
  const model = (id: string, more = {}) => ({ id, object: "model", max_model_len: 8192, ...more });
  return createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => { text += chunk.toString(); });
    request.on("end", () => {
      const path = request.url ?? "";
      if (request.method === "POST") asked.push(path);
      const told = path.includes("lora") ? (JSON.parse(text) as { lora_name: string; lora_path?: string }) : null;
      if (told && path === "/v1/load_lora_adapter") loaded.set(told.lora_name, told.lora_path ?? "");
      if (told && path === "/v1/unload_lora_adapter") loaded.delete(told.lora_name);
      const adapters = [...loaded].map(([name, root]) => model(name, { root, parent: "lab-7b" }));
      response.setHeader("Content-Type", "application/json");
      response.end(path === "/v1/models" ? JSON.stringify({ object: "list", data: [model("lab-7b"), ...adapters] }) : "{}");
    });
  });
}

test("an adapter is registered, loaded, given a share, promoted and rolled back", async ({ app, page, request }) => {
  // R4.6
  const asked: string[] = [];
  const server = adapterServer(asked);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (server.address() as AddressInfo).port.toString();
  try {
    await api(request).post("/api/admin/engines", { id: "lab-lora", kind: "vllm", base_url: `http://127.0.0.1:${port}`, model: "lab-7b" });
    await app.look("ko", "light");
    await app.signIn("/engines");
    await page.getByRole("row", { name: /lab-lora/ }).first().click();
    await page.getByRole("tab", { name: "LoRA 어댑터" }).click();
    const drawer = page.getByRole("dialog", { name: "lab-lora" });
    await drawer.getByRole("textbox", { name: "이름" }).fill("screens");
    await drawer.getByRole("textbox", { name: "버전" }).fill("1");
    await drawer.getByRole("textbox", { name: "경로" }).fill("/adapters/screens-1");
    await drawer.getByRole("button", { name: "등록", exact: true }).click();
    await expect(drawer.getByText("등록만 됨")).toBeVisible();
    await app.expectAccessible();
    await expect(async () => {
      const load = drawer.getByRole("button", { name: "올리기" }); // llm-proxy hears of a new engine within 5 s
      if (await load.isVisible()) await load.click({ timeout: 2000 });
      await expect(drawer.getByText("올라감, 0 %")).toBeVisible({ timeout: 5000 });
    }).toPass({ timeout: 45_000 });
    expect(asked).toContain("/v1/load_lora_adapter");
    await drawer.getByRole("textbox", { name: "몫" }).fill("20");
    await drawer.getByRole("button", { name: "견주기" }).click();
    await expect(drawer.getByText("원래 모델의 몫: 80 %")).toBeVisible();
    await app.picture("adapters-ko-light");
    await drawer.getByRole("button", { name: "모두 넘기기" }).click();
    await expect(drawer.getByText("올라감, 100 %")).toBeVisible();
    await drawer.getByRole("button", { name: "되돌리기" }).click();
    await expect(drawer.getByText("원래 모델의 몫: 80 %")).toBeVisible();
    await drawer.getByRole("button", { name: "내리기" }).click();
    await expect(drawer.getByText("등록만 됨")).toBeVisible();
    expect(asked).toContain("/v1/unload_lora_adapter");
  } finally {
    await api(request).remove("/api/admin/engines/lab-lora");
    server.close();
  }
});
