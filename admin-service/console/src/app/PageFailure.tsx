/** A page that could not be loaded or drawn: says so, and offers to try again. */

import { useRouteError } from "react-router";

import { ApiProblem } from "@/shared/api/problem";
import { ProblemPage } from "@/shared/ui/ProblemPage";

export function PageFailure() {
  const error = useRouteError();
  const problem =
    error instanceof ApiProblem ? error : new ApiProblem(500, "page_failed", error instanceof Error ? error.message : "");
  return <ProblemPage problem={problem} onRetry={() => { location.reload(); }} />;
}
