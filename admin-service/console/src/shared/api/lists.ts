/** Lists that are paged by key: all pages that were asked for, as one. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export function useList<T>(key: readonly unknown[], read: (cursor: string | null) => Promise<Page<T>>) {
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => read(pageParam),
    getNextPageParam: (page) => page.next_cursor,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  /** What a `DataTable` takes of a list. */
  const table = {
    rows,
    loading: query.isPending,
    problem: query.error,
    onRetry: () => void query.refetch(),
    more: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    onMore: () => void query.fetchNextPage(),
  };
  return { ...query, rows, table };
}

/** The header by which an edit says what it was made of: the second of two editors gets a 409, and nothing is lost. */
export function ifMatch(version: number): { "if-match": string } {
  return { "if-match": `"${String(version)}"` };
}
