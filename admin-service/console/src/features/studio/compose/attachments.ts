/** Files beside a prompt: text as it is, spreadsheets as base64. */

export interface Attachment {
  name: string;
  media_type: string;
  content: string;
}

export const ACCEPTED = [".sql", ".ddl", ".txt", ".md", ".csv", ".tsv", ".json", ".xlsx", ".xlsm"];
const BINARY = /\.xls[xm]$/i;
const MAX_BYTES = 700_000;
export const MAX_FILES = 20;

export class UnfitAttachment extends Error {
  constructor(
    readonly reason: "kind" | "size",
    readonly file: string,
  ) {
    super(`${file}: ${reason}`);
  }
}

/** @throws UnfitAttachment its kind is not read, or it is too large. */
export async function attachmentOf(file: File): Promise<Attachment> {
  if (!ACCEPTED.some((ending) => file.name.toLowerCase().endsWith(ending))) throw new UnfitAttachment("kind", file.name);
  if (file.size > MAX_BYTES) throw new UnfitAttachment("size", file.name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content = BINARY.test(file.name) ? base64(bytes) : decoded(bytes);
  return { name: file.name.slice(-200), media_type: file.type || "text/plain", content };
}

/** UTF-8, or the Korean of older Windows tools. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\0", "");
  } catch {
    return new TextDecoder("euc-kr").decode(bytes).replaceAll("\0", "");
  }
}

function base64(bytes: Uint8Array): string {
  const PART = 0x8000;
  let text = "";
  for (let at = 0; at < bytes.length; at += PART) text += String.fromCharCode(...bytes.subarray(at, at + PART));
  return btoa(text);
}
