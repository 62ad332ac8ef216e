/** The frameworks that there is knowledge of, and the one that a new entry is most likely for. */

import { useQuery } from "@tanstack/react-query";

import { admin, dataOf } from "@/shared/api/client";
import { useDefaultFramework } from "@/shared/api/settings";

export function useFrameworks(): { names: string[]; standard: string } {
  const chosen = useDefaultFramework();
  const index = useQuery({ queryKey: ["knowledge-index"], queryFn: () => dataOf(admin.GET("/api/admin/knowledge_index")) });
  const items = index.data?.items ?? [];
  const largest = items.reduce<(typeof items)[number] | null>((best, one) => (best === null || one.entries > best.entries ? one : best), null);
  return { names: items.map(({ framework }) => framework), standard: chosen || (largest?.framework ?? "") };
}
