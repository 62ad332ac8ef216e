/** Files on their way in: by the few megabytes, for the gateway takes no more at once; one report of all. */

import type { Admin } from "@/shared/api/client";
import { apiFetch } from "@/shared/api/fetch";
import { problemOf } from "@/shared/api/problem";

export type Report = Admin["ImportResponse"];
export type Imported = Admin["ImportedEntryResponse"];

export interface Order {
  framework: string;
  kind: string;
  existing: "replace" | "keep";
  check: boolean;
}

/** The gateway's limit is 4 MiB with what the form adds. */
const BATCH_BYTES = 3_500_000;
const BATCH_FILES = 200;
export const ACCEPTED = ".md,.markdown,.yaml,.yml,.zip";

export function batches(files: readonly File[]): File[][] {
  const result: File[][] = [];
  let bytes = 0;
  for (const file of files) {
    const last = result.at(-1);
    if (last === undefined || last.length >= BATCH_FILES || bytes + file.size > BATCH_BYTES) {
      result.push([file]);
      bytes = file.size;
    } else {
      last.push(file);
      bytes += file.size;
    }
  }
  return result;
}

/** @throws ApiProblem a batch was refused as a whole; those before it are stored. */
export async function send(files: readonly File[], order: Order, onSent: (files: number) => void): Promise<Report> {
  const reports: Report[] = [];
  let sent = 0;
  for (const batch of batches(files)) {
    reports.push(await sendBatch(batch, order));
    sent += batch.length;
    onSent(sent);
  }
  return joined(reports);
}

async function sendBatch(files: readonly File[], order: Order): Promise<Report> {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  const query = new URLSearchParams({ ...order, check: String(order.check) });
  const response = await apiFetch(new URL(`/api/admin/knowledge_files?${query.toString()}`, location.origin), {
    method: "POST",
    headers: { Accept: "application/json" },
    body: form,
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Report;
}

function joined(reports: readonly Report[]): Report {
  const counts: Report["counts"] = {};
  for (const report of reports) {
    for (const [name, count] of Object.entries(report.counts)) counts[name] = (counts[name] ?? 0) + count;
  }
  return {
    checked_only: reports.every((report) => report.checked_only),
    counts,
    items: reports.flatMap((report) => report.items),
    ignored: reports.flatMap((report) => report.ignored),
  };
}
