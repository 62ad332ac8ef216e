/** A point in time as people say it, with the exact one beneath the pointer and for machines. */

import { useTranslation } from "react-i18next";

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function relative(at: Date, now: Date, language: string): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) {
      if (unit === "day" && Math.abs(seconds) >= 7 * size) break;
      return format.format(Math.trunc(seconds / size), unit);
    }
  }
  if (Math.abs(seconds) < 60) return format.format(0, "second");
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
}

export function Moment({ at }: { at: string | null | undefined }) {
  const { i18n } = useTranslation();
  if (!at) return <>–</>;
  const date = new Date(at);
  const exact = new Intl.DateTimeFormat(i18n.language, { dateStyle: "full", timeStyle: "medium" }).format(date);
  return (
    <time dateTime={at} title={exact}>
      {relative(date, new Date(), i18n.language)}
    </time>
  );
}
