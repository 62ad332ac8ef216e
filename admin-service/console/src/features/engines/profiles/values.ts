import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";

export type Profile = Admin["ModelProfileResponse"];
export type Value = Admin["ProfileValue"];
export type Name = Value["name"];
type Scalar = Value["value"];
type Translate = (key: string) => string;

export const COLOURS: Record<Value["origin"], string> = {
  manual: "violet", measured: "celadon", preset: "blue", class: "gray", default: "gray",
};
const WORDS = new Set(["spec", "direct", "auto", "search_replace", "whole"]);

export function shown(value: Scalar, t: Translate): string {
  if (value === null) return t("engines:profiles.by_class");
  return WORDS.has(String(value)) ? t(`engines:profiles.words.${String(value)}`) : String(value);
}

/** A reason in the reader's language. */
export function useReason(): (reason: { ko: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (reason) => (i18n.language === "ko" ? reason.ko : reason.en);
}

interface Rate {
  count: number;
  of: number;
  rate: number;
  low: number;
  high: number;
}

function isRate(value: unknown): value is Rate {
  return typeof value === "object" && value !== null && "rate" in value && "of" in value;
}

/** A rate with its interval; nothing where nothing was counted. */
export function percent(value: unknown): string {
  if (!isRate(value) || value.of === 0) return "–";
  const whole = (share: number) => (share * 100).toFixed(0);
  return `${whole(value.rate)} % (${whole(value.low)}–${whole(value.high)})`;
}

export function milliseconds(value: unknown): string {
  return typeof value === "number" ? `${(value / 1000).toFixed(1)} s` : "–";
}
