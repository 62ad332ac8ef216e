/** Where to go after the sign-in: a path of the console, whatever the address says. */

export function pathInside(next: string | null): string {
  if (!next?.startsWith("/") || next.startsWith("//") || next.includes("\\")) return "/";
  const url = new URL(next, "http://console.invalid");
  return url.host === "console.invalid" && !url.pathname.startsWith("/login") ? url.pathname + url.search : "/";
}
