/** How figures of an evaluation are written. */

import type { Admin } from "@/shared/api/client";

export type Interval = Admin["IntervalResponse"];

/** A mean with its 95 % interval. */
export function interval(value: Interval | null | undefined, digits = 1, factor = 1): string {
  if (!value) return "–";
  const [mean, low, high] = [value.mean, value.low, value.high].map((figure) => (figure * factor).toFixed(digits));
  return `${mean ?? ""} [${low ?? ""}, ${high ?? ""}]`;
}

export function seconds(milliseconds: number | null | undefined): string {
  return milliseconds == null ? "–" : (milliseconds / 1000).toFixed(2);
}

export function isOpen(status: string): boolean {
  return status === "queued" || status === "running";
}
