/** What models and people wrote is shown, and never runs. */

import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderPage } from "@/shared/testing/render";

import Rendered from "./Rendered";

const PAYLOADS = [
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  "<svg/onload=alert(1)>",
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  "[click](javascript:alert(1))",
  "[click](JaVaScRiPt:alert(1))",
  "[click](java\tscript:alert(1))",
  "[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[click](vbscript:msgbox(1))",
  "![x](javascript:alert(1))",
  "![x](https://elsewhere.invalid/track.png)",
  "<a href='javascript:alert(1)'>x</a>",
  '<details open ontoggle="alert(1)">x</details>',
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "```html\n<script>alert(1)</script>\n```",
  '```js"onmouseover="alert(1)\nx\n```',
  "<style>*{background:url(https://elsewhere.invalid)}</style>",
  "<form action='https://elsewhere.invalid'><input name=password></form>",
  "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
  "<base href='https://elsewhere.invalid/'>",
  "[x]: javascript:alert(1)\n[x]",
  "<<script>script>alert(1)<</script>/script>",
];

test.each(PAYLOADS)("%s does not run", async (payload) => {
  // R3.8
  const { container } = await renderPage(<Rendered text={payload} />);
  expect(container.querySelector("script, iframe, object, embed, form, input:not([type=checkbox]), base, img, svg:not(.tabler-icon)")).toBeNull();
  for (const element of container.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on/i);
      if (name === "href" || name === "src") expect(value).toMatch(/^(https?:|mailto:|#|$)/);
    }
  }
});

test("tables, code with its language, and links that open outside", async () => {
  // R3.6
  const text = "| a | b |\n|---|---|\n| 1 | 2 |\n\n```xml\n<screen/>\n```\n\n[docs](https://docs.invalid/x)";
  const { container } = await renderPage(<Rendered text={text} />);
  expect(screen.getByRole("table")).toHaveTextContent("a b 1 2".replaceAll(" ", ""));
  expect(container.querySelector("code.language-xml .hljs-name")).toHaveTextContent("screen");
  const link = screen.getByRole("link", { name: "docs" });
  expect(link).toHaveAttribute("rel", expect.stringContaining("noopener"));
  expect(screen.getByRole("button", { name: "Copy" })).toBeInTheDocument();
});
