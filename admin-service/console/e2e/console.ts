/** What every run needs: a signed-in page in a language and a theme, axe, screenshots, and proof that no other host was asked. */

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

import { credentials } from "./mesh";

export type Language = "ko" | "en";
export type Theme = "light" | "dark";

export const LOOKS: readonly (readonly [Language, Theme])[] = [
  ["ko", "light"],
  ["ko", "dark"],
  ["en", "light"],
  ["en", "dark"],
];

const SHOTS = fileURLToPath(new URL("../../../docs/user-guide/images/console/", import.meta.url));

export class Console {
  readonly failures: string[] = [];

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    page.on("pageerror", (error) => this.failures.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) this.failures.push(message.text());
    });
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (/^(https?|wss?):$/.test(protocol) && origin.replace("ws", "http") !== new URL(url).origin) this.failures.push(`asked ${origin}`);
    });
    page.on("dialog", (dialog) => {
      this.failures.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  async look(language: Language, theme: Theme): Promise<void> {
    await this.page.addInitScript(
      ([chosenLanguage, chosenTheme]) => {
        if (window !== window.top) return;
        localStorage.setItem("framewright.language", chosenLanguage);
        localStorage.setItem("framewright.theme", chosenTheme);
      },
      [language, theme] as const,
    );
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.url}/console${path}`);
  }

  /** By keyboard alone. */
  async signIn(path = "/", email = credentials().admin_email, password = credentials().admin_password): Promise<void> {
    await this.open(path);
    await expect(this.page.locator("input[type=email]")).toBeFocused();
    await this.page.keyboard.type(email);
    await this.page.keyboard.press("Tab");
    await this.page.keyboard.type(password);
    await this.page.keyboard.press("Enter");
    await this.page.waitForURL((url) => !url.pathname.includes("/login"));
  }

  /** WCAG 2.2 AA as far as a machine can tell. */
  async expectAccessible(): Promise<void> {
    const result = await new AxeBuilder({ page: this.page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .exclude("iframe")
      .analyze();
    const found = result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`).join("\n  ")}`);
    expect(found).toEqual([]);
  }

  /** A picture for the documents (CONSOLE_PICTURES=1); of the four looks two, so that the repository stays small. */
  async picture(name: string): Promise<void> {
    if (!process.env.CONSOLE_PICTURES || /(ko-dark|en-light)$/.test(name)) return;
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: `${SHOTS}${name}.png`, animations: "disabled" });
  }
}

export const test = base.extend<{ app: Console }>({
  app: async ({ page }, provide) => {
    const app = new Console(page, credentials().base_url);
    await provide(app);
    expect(app.failures).toEqual([]);
  },
});

export { expect };
