/** The files of a version of a generation, with their contents: kept by version, so that two can be compared. */

import { useQuery } from "@tanstack/react-query";

import { dataOf, gateway, type Gateway } from "@/shared/api/client";
import { apiFetch } from "@/shared/api/fetch";
import { problemOf } from "@/shared/api/problem";

import type { Diagnostic, File, Fix } from "../run/events";

type Info = Gateway["ArtifactInfo"];

export function useFiles(id: string, version: number, ended: boolean) {
  return useQuery({
    queryKey: ["files", id, version],
    enabled: ended,
    staleTime: Infinity,
    gcTime: 30 * 60_000,
    queryFn: () => readFiles(id),
  });
}

/** Those of the current version, unless an earlier one is named. */
export async function readFiles(id: string, version: number | null = null): Promise<File[]> {
  const { artifacts } = await dataOf(
    gateway.GET("/api/v1/generations/{generation_id}/artifacts", {
      params: { path: { generation_id: id }, query: { version } },
    }),
  );
  return Promise.all(artifacts.map((info) => readFile(id, info, version)));
}

async function readFile(id: string, info: Info, version: number | null): Promise<File> {
  const path = info.path.split("/").map(encodeURIComponent).join("/");
  const query = version === null ? "" : `?version=${String(version)}`;
  const response = await apiFetch(new URL(`/api/v1/generations/${id}/artifacts/${path}${query}`, location.origin));
  if (!response.ok) throw await problemOf(response);
  return {
    path: info.path,
    language: info.language,
    content: await response.text(),
    fixes: info.fixes as unknown as Fix[],
    diagnostics: info.diagnostics as unknown as Diagnostic[],
  };
}

export function sortedFiles(files: readonly File[]): File[] {
  const rank = (file: File) => (/\.(sql|java)$/.test(file.path) ? 1 : 0);
  return [...files].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
}
