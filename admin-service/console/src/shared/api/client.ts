/** The typed clients of the public API and of the administration. */

import createClient from "openapi-fetch";

import { apiFetch } from "./fetch";
import type { components as AdminComponents, paths as AdminPaths } from "./generated/admin";
import type { components as GatewayComponents, paths as GatewayPaths } from "./generated/gateway";
import { problemOf } from "./problem";

const here = { baseUrl: globalThis.location.origin, fetch: (request: Request) => apiFetch(request) };

export const gateway = createClient<GatewayPaths>(here);
export const admin = createClient<AdminPaths>(here);

/** Schemas by name: `Gateway["GenerationResult"]`, `Admin["UserResponse"]`. */
export type Gateway = GatewayComponents["schemas"];
export type Admin = AdminComponents["schemas"];

for (const client of [gateway, admin]) {
  client.use({
    async onResponse({ response }) {
      if (!response.ok) throw await problemOf(response);
    },
  });
}

/**
 * The data of a call: `const users = await dataOf(admin.GET("/api/admin/users"))`.
 *
 * @throws ApiProblem the request failed.
 */
export async function dataOf<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await call;
  return data as NonNullable<T>;
}

/** JSON of a path that no openapi.json describes. */
export async function json<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await apiFetch(new URL(path, here.baseUrl), {
    ...init,
    headers: { Accept: "application/json", "Content-Type": "application/json", ...init?.headers },
  });
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
