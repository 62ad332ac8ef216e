/** The CSRF token of the cookie session: in memory alone; the cookie itself is out of any script's reach. */

let token = "";
let onSignedOut: () => void = () => undefined;

export function setCsrfToken(value: string): void {
  token = value;
}

export function csrfToken(): string {
  return token;
}

/** Asks the cookie's session for its token: after a reload, or where another tab signed in anew. */
export async function renewCsrfToken(): Promise<boolean> {
  const response = await fetch(new URL("/api/auth/session", location.origin), { headers: { Accept: "application/json" } });
  if (!response.ok) return false;
  const session = (await response.json()) as { csrf_token?: string };
  token = session.csrf_token ?? "";
  return token !== "";
}

export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

export function signedOut(): void {
  token = "";
  onSignedOut();
}
