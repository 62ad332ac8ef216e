import type { Role } from "@/shared/auth/session";

export const ROLES: readonly Role[] = ["admin", "operator", "developer"];
