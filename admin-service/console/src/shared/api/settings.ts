/** The settings that pages other than their own read. */

import { useQuery } from "@tanstack/react-query";

import { admin, dataOf } from "./client";

export function useSettings() {
  return useQuery({ queryKey: ["settings"], queryFn: () => dataOf(admin.GET("/api/admin/settings")) });
}

/** The framework that holds where none is named; empty until it is known. */
export function useDefaultFramework(): string {
  return useSettings().data?.default_framework ?? "";
}
