/** Both languages say everything, and nothing is asked for that neither says. */

import { describe, expect, test } from "vitest";

type Texts = { [key: string]: string | Texts };

const files = import.meta.glob<Texts>("./locales/*/*.json", { eager: true, import: "default" });
const sources = import.meta.glob<string>("/src/**/*.{ts,tsx}", { eager: true, query: "?raw", import: "default" });

const names = [...new Set(Object.keys(files).map((path) => path.split("/").at(-1)?.replace(".json", "") ?? ""))];
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flat(texts: Texts, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

function texts(language: string, name: string): Map<string, string> {
  return flat(files[`./locales/${language}/${name}.json`] ?? {});
}

describe.each(names)("texts of %s", (name) => {
  test("have the same keys in Korean and English", () => {
    expect([...texts("ko", name).keys()].sort()).toEqual([...texts("en", name).keys()].sort());
  });

  test("fill in the same values in both", () => {
    const values = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort();
    for (const [key, text] of texts("en", name)) expect([key, values(texts("ko", name).get(key) ?? "")]).toEqual([key, values(text)]);
  });

  test("are not empty", () => {
    for (const language of ["ko", "en"]) {
      for (const [key, text] of texts(language, name)) expect([key, text.trim()]).not.toEqual([key, ""]);
    }
  });
});

test("every text that the code names is there", () => {
  const missing: string[] = [];
  for (const [path, source] of Object.entries(sources)) {
    if (path.includes(".test.")) continue;
    const own = /useTranslation\("(\w+)"\)/.exec(source)?.[1] ?? "common";
    for (const [, named] of source.matchAll(/\bt\(\s*"([^"]+)"/g)) {
      const [namespace, key] = named?.includes(":") ? named.split(":", 2) : [own, named];
      const known = [...texts("en", namespace ?? "").keys()].map((one) => one.replace(PLURAL, ""));
      if (!known.includes(key ?? "")) missing.push(`${path}: ${String(named)}`);
    }
  }
  expect(missing).toEqual([]);
});
