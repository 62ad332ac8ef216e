/** Who is signed in, by the cookie; null where nobody is. */

import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { signedOut, setCsrfToken } from "@/shared/api/csrf";
import { json } from "@/shared/api/client";
import { ApiProblem } from "@/shared/api/problem";

export type Role = "admin" | "operator" | "developer";

export interface User {
  id: string;
  email: string;
  name: string | null;
  role: Role;
}

export interface BrowserSession {
  user: User;
  csrf_token: string;
  expires_in: number;
}

export const SESSION = ["session"] as const;

async function readSession(): Promise<BrowserSession | null> {
  try {
    const session = await json<BrowserSession>("/api/auth/session");
    setCsrfToken(session.csrf_token);
    return session;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

export function useSession() {
  return useQuery({ queryKey: SESSION, queryFn: readSession, staleTime: Infinity, refetchOnReconnect: false });
}

/** The user of a page that needs one. */
export function useUser(): User {
  const { data } = useSession();
  if (!data) throw new Error("used outside of the signed-in part");
  return data.user;
}

export function useMay(...roles: Role[]): boolean {
  return roles.includes(useUser().role);
}

export async function signIn(
  path: "login" | "register",
  body: Record<string, unknown>,
  queries: QueryClient,
): Promise<BrowserSession> {
  const session = await json<BrowserSession>(`/api/auth/${path}`, {
    method: "POST",
    body: JSON.stringify({ ...body, cookie: true }),
  });
  setCsrfToken(session.csrf_token);
  queries.setQueryData(SESSION, session);
  return session;
}

export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    try {
      await json<undefined>("/api/auth/logout", { method: "POST" });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
    }
    signedOut();
    queries.clear();
    queries.setQueryData(SESSION, null);
  };
}
