/** How figures of an evaluation are written. */

import type { Admin } from "@/shared/api/client";

export type Interval = Admin["IntervalResponse"];

/** A mean with its 95 % interval; of too few cases there is none, and how many they are stands in its place. */
export function interval(value: Interval | null | undefined, digits = 1, factor = 1): string {
  if (!value) return "–";
  const shown = (figure: number) => (figure * factor).toFixed(digits);
  if (value.low === null || value.high === null) return `${shown(value.mean)} (n = ${value.n.toString()})`;
  return `${shown(value.mean)} [${shown(value.low)}, ${shown(value.high)}]`;
}

export function seconds(milliseconds: number | null | undefined): string {
  return milliseconds == null ? "–" : (milliseconds / 1000).toFixed(2);
}

export function isOpen(status: string): boolean {
  return status === "queued" || status === "running";
}
