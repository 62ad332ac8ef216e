/** Korean and English: each page's texts are a file of their own, loaded with the page. */

import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = ["ko", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = "framewright.language";
const files = import.meta.glob<{ default: object }>("./locales/*/*.json");

export function chosenLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === "ko" || stored === "en") return stored;
  return navigator.languages.some((language) => language.toLowerCase().startsWith("ko")) ? "ko" : "en";
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
}

export async function setupI18n(language: Language = chosenLanguage()): Promise<i18n> {
  await i18next
    .use({
      type: "backend" as const,
      init: () => undefined,
      read(wanted: string, namespace: string, done: (error: Error | null, texts: object | null) => void) {
        const load = files[`./locales/${wanted}/${namespace}.json`];
        if (load === undefined) done(new Error(`no texts ${wanted}/${namespace}`), null);
        else
          load().then(
            (module) => {
              done(null, module.default);
            },
            (error: unknown) => {
              done(error instanceof Error ? error : new Error(String(error)), null);
            },
          );
      },
    })
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: "en",
      ns: ["common"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  document.documentElement.lang = language;
  i18next.on("languageChanged", (changed) => {
    document.documentElement.lang = changed;
  });
  return i18next;
}
