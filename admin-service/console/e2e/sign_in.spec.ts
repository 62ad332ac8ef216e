/** The door: in by keyboard, back to where one was, out again; an invited colleague; what an attacker leaves behind. */

import { expect, LOOKS, test } from "./console";
import { credentials } from "./mesh";

for (const [language, theme] of LOOKS) {
  test(`the login, in ${language} and ${theme}`, async ({ app, page }) => {
    await app.look(language, theme);
    await app.open("/history?x=1");
    await expect(page.locator("input[type=password]")).toBeVisible();
    await app.expectAccessible();
    await app.picture(`login-${language}-${theme}`);
    await app.signIn("/history");
    await expect(page).toHaveURL(/\/console\/history/);
    await app.expectAccessible();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    expect(kept).not.toMatch(/fws_|csrf|eyJ/);
  });
}

test("one's own account", async ({ app, page }) => {
  // R3.1
  await app.look("ko", "dark");
  await app.signIn("/account");
  await expect(page.getByRole("heading", { name: "최근 30일" })).toBeVisible();
  await app.expectAccessible();
  await page.getByRole("textbox", { name: "이름" }).fill("관리자 김");
  await page.getByRole("button", { name: "저장" }).click();
  await expect(page.getByRole("button", { name: /관리자 김/ })).toBeVisible();
  await app.picture("account-ko-dark");
});

test("who signs out has to sign in again, and a wrong password is said", async ({ app, page }) => {
  // R3.1
  await app.look("en", "light");
  await app.signIn("/history");
  await page.getByRole("button", { name: /settings and sign-out/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await app.open("/studio");
  await expect(page).toHaveURL(/\/login\?next=%2Fstudio/);
  await page.locator("input[type=email]").fill(credentials().admin_email);
  await page.locator("input[type=password]").fill("not the password");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeVisible();
});

test("an invited colleague makes an account and generates", async ({ app, page, request }) => {
  // R1.13, R3.1
  const { api_key, base_url } = credentials();
  const made = await request.post(`${base_url}/api/admin/invitations`, {
    headers: { Authorization: `Bearer ${api_key}` },
    data: { role: "developer", days: 1 },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const { code } = (await made.json()) as { code: string };
  await app.look("en", "light");
  await app.open(`/register?invitation=${encodeURIComponent(code)}`);
  await page.getByLabel("Email").fill(`lee${String(Date.now())}@example.com`);
  await page.getByRole("textbox", { name: "Name" }).fill('<img src=x onerror="alert(1)">');
  await page.getByRole("textbox", { name: "Password" }).fill("a long and quiet passphrase");
  await app.expectAccessible();
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/console\/studio/);
  await expect(page.getByText("Developer")).toBeVisible();
  await page.getByRole("textbox", { name: "Describe the screen" }).fill('Task 관리 화면 만들어줘 <img src=x onerror="alert(2)"><script>alert(3)</script>');
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Done" })).toBeVisible();
  await app.open("/history");
  await expect(page.getByText("<script>alert(3)</script>").first()).toBeVisible();
});

test("the page may run no script but its own files", async ({ request }) => {
  // R3.8
  const page = await request.get(`${credentials().base_url}/console/`);
  const policy = page.headers()["content-security-policy"] ?? "";
  expect(policy).toMatch(/default-src 'self'/);
  expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
  expect(await page.text()).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
  expect(page.headers()["cache-control"]).toBe("no-cache");
});
