/** What operators look after: how the mesh is, what was used, examples, training data. */

import type { APIRequestContext } from "@playwright/test";

import { expect, test } from "./console";
import { credentials } from "./mesh";

/** A screen that somebody takes over with consent. */
async function acceptScreen(request: APIRequestContext, prompt: string): Promise<void> {
  const { base_url, api_key } = credentials();
  const headers = { Authorization: `Bearer ${api_key}` };
  const generations = `${base_url}/api/v1/generations`;
  const made = await request.post(generations, { headers, data: { prompt } });
  const { generation_id: id } = (await made.json()) as { generation_id: string };
  const listed = await request.get(`${generations}/${id}/artifacts`, { headers });
  const { artifacts } = (await listed.json()) as { artifacts: { path: string }[] };
  const accepted = await Promise.all(
    artifacts.map(async ({ path }) => ({
      path,
      content: await (await request.get(`${generations}/${id}/artifacts/${path}`, { headers })).text(),
    })),
  );
  const given = await request.post(`${generations}/${id}/feedback`, { headers, data: { rating: 5, comment: "as it is", consent: true, accepted } });
  expect(given.ok()).toBe(true);
}

test("an accepted screen is counted, approved as an example, and becomes training data", async ({ app, page, request }) => {
  // R4.8
  await acceptScreen(request, "도서 대출 목록 조회 화면");
  await app.look("ko", "light");
  await app.signIn("/dashboard");
  await expect(page.getByRole("region", { name: "서비스" }).getByRole("listitem").filter({ hasText: "gateway" })).toContainText("정상");
  await app.open("/usage");
  await expect(page.getByRole("row", { name: new RegExp(credentials().admin_email) })).toBeVisible();
  await app.open("/examples");
  await page.getByRole("row", { name: /도서 대출/ }).first().click();
  const example = page.getByRole("dialog");
  await expect(example.locator("iframe")).toBeVisible();
  await expect(example.getByRole("button", { name: "반려" })).toBeDisabled();
  await app.expectAccessible();
  await example.getByRole("button", { name: "승인" }).click();
  await expect(example).toHaveCount(0);
  await page.getByText("승인", { exact: true }).click();
  await expect(page.getByRole("row", { name: /도서 대출/ }).first()).toBeVisible();
  await app.open("/training");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "내려받기" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.jsonl$/);
});
