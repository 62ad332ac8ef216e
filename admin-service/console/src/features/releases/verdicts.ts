/** What a gate said of something that was to go into production. */

import type { Admin } from "@/shared/api/client";
import { ApiProblem } from "@/shared/api/problem";
import type { Tone } from "@/shared/ui/StatusBadge";

export type Release = Admin["ReleaseResponse"];
export const REASONS = ["not_worse", "worse", "unsure", "too_few_cases", "no_evaluation", "rollback", "nothing_before", "off"] as const;
export type Reason = (typeof REASONS)[number];

export interface Verdict {
  passed: boolean;
  reason: Reason;
  evaluation_id: string | null;
  /** Without bounds where there were too few cases for an interval. */
  difference: { mean: number; low: number | null; high: number | null; n: number } | null;
  margin: number;
}

export function verdictOf(release: Release): Verdict {
  return release.verdict as unknown as Verdict;
}

/** The verdict with which a gate refused; null where the problem is another one. */
export function refusalOf(problem: unknown): Verdict | null {
  return problem instanceof ApiProblem && problem.code === "gate_refused" ? (problem.members.verdict as Verdict) : null;
}

export function toneOf(release: Release): Tone {
  if (release.overruled) return "warn";
  return verdictOf(release).passed ? "good" : "bad";
}

/** A pack's hash is long: its beginning tells it from others. */
export function shown(kind: Release["kind"], value: string): string {
  if (kind === "pack") return value.slice(0, 12);
  return kind === "template" && value !== "" ? `v${value}` : value;
}
