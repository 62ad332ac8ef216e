/** Everything behind the sign-in; who is not signed in goes to the login page, and comes back. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Navigate, Outlet, useLocation } from "react-router";

import { whenSignedOut } from "@/shared/api/csrf";
import { asProblem } from "@/shared/api/problem";
import { SESSION, useSession } from "@/shared/auth/session";
import { PageLoading } from "@/shared/ui/PageLoading";
import { ProblemPage } from "@/shared/ui/ProblemPage";

export function SignedIn() {
  const queries = useQueryClient();
  const location = useLocation();
  const { data, isPending, error, refetch } = useSession();
  useEffect(() => {
    whenSignedOut(() => queries.setQueryData(SESSION, null));
  }, [queries]);
  if (isPending) return <PageLoading />;
  if (error) return <ProblemPage problem={asProblem(error)} onRetry={() => void refetch()} />;
  if (data === null) {
    const next = location.pathname + location.search;
    return <Navigate to={next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`} replace />;
  }
  return <Outlet />;
}
