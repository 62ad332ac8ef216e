/** What a gate said of something that was to go into production. */

import { ApiProblem } from "@/shared/api/problem";

export type Reason =
  | "not_worse" | "worse" | "unsure" | "too_few_cases" | "not_exercised" | "engine_failed" | "outdated" | "no_evaluation"
  | "rollback" | "nothing_before" | "off";

export interface Verdict {
  passed: boolean;
  reason: Reason;
  evaluation_id: string | null;
  /** Without bounds where there were too few cases for an interval. */
  difference: { mean: number; low: number | null; high: number | null; n: number } | null;
  margin: number;
}

/** The verdict with which a gate refused; null where the problem is another one. */
export function refusalOf(problem: unknown): Verdict | null {
  return problem instanceof ApiProblem && problem.code === "gate_refused" ? (problem.members.verdict as Verdict) : null;
}
