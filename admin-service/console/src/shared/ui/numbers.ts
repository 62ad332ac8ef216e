/** Numbers as people of the chosen language write them. */

import { useMemo } from "react";
import { useTranslation } from "react-i18next";

export interface Numbers {
  whole: (value: number) => string;
  /** 12,3 만 or 123K: for axes. */
  short: (value: number) => string;
  percent: (part: number) => string;
  /** Milliseconds, as seconds from one on. */
  time: (ms: number | null | undefined) => string;
  money: (value: number, currency: string) => string;
}

export function useNumbers(): Numbers {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const { language } = i18n;
    const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
    const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
    const seconds = new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "narrow", maximumFractionDigits: 1 });
    const milliseconds = new Intl.NumberFormat(language, { style: "unit", unit: "millisecond", unitDisplay: "narrow", maximumFractionDigits: 0 });
    return {
      whole: (value) => whole.format(value),
      short: (value) => short.format(value),
      percent: (part) => percent.format(part),
      time: (ms) => (ms == null ? "–" : ms < 1000 ? milliseconds.format(ms) : seconds.format(ms / 1000)),
      money: (value, currency) => new Intl.NumberFormat(language, { style: "currency", currency, maximumFractionDigits: value < 100 ? 2 : 0 }).format(value),
    };
  }, [i18n]);
}
