/** Orders a generation; it runs on whether or not anybody looks. */

import { apiFetch } from "@/shared/api/fetch";
import { newId } from "@/shared/api/ids";
import { problemOf } from "@/shared/api/problem";

import type { Attachment } from "./attachments";

export interface Order {
  prompt: string;
  model?: string | null;
  mode?: "spec" | "direct" | "auto";
  attachments?: Attachment[];
  artifacts?: string[] | null;
  base_generation_id?: string | null;
}

const PLACE = /\/api\/v1\/generations\/([0-9a-f-]+)/;

/**
 * The new generation's id, as soon as it exists: its events are read on from wherever its page is shown.
 *
 * @throws ApiProblem
 */
export async function order(wanted: Order): Promise<string> {
  const cut = new AbortController();
  const response = await apiFetch(new URL("/api/v1/generations", location.origin), {
    method: "POST",
    headers: {
      Accept: "text/event-stream",
      "Content-Type": "application/json",
      "Idempotency-Key": newId(),
    },
    body: JSON.stringify(wanted),
    signal: cut.signal,
  });
  if (!response.ok) throw await problemOf(response);
  const id = PLACE.exec(response.headers.get("Content-Location") ?? response.headers.get("Location") ?? "")?.[1];
  cut.abort();
  if (id === undefined) throw new Error("the answer names no generation");
  return id;
}
