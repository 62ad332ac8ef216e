/** A release as the page shows it. */

import type { Admin } from "@/shared/api/client";
import type { Verdict } from "@/shared/gates/verdict";
import type { Tone } from "@/shared/ui/StatusBadge";

export type Release = Admin["ReleaseResponse"];

export function verdictOf(release: Release): Verdict {
  return release.verdict as unknown as Verdict;
}

export function toneOf(release: Release): Tone {
  if (release.overruled) return "warn";
  return verdictOf(release).passed ? "good" : "bad";
}

/** A pack's hash is long: its beginning tells it from others. Empty for a pack's own template. */
export function shown(kind: Release["kind"], value: string): string {
  if (kind === "pack") return value.slice(0, 12);
  if (kind === "template") return value === "" || value === "0" ? "" : `v${value}`;
  return value;
}
