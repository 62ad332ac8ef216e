/** The tables of a prompt before anything is made of it: read, corrected, and sent along as stated. */

import { dataOf, gateway } from "@/shared/api/client";

import { newColumn, TYPES, type Column } from "../work/spec";
import type { Attachment } from "./attachments";

export interface DraftTable {
  name: string;
  label: string;
  columns: Column[];
}

/** @throws ApiProblem */
export async function readTables(prompt: string, attachments: Attachment[]): Promise<DraftTable[]> {
  const { data_model } = await dataOf(gateway.POST("/api/v1/generations/readings", { body: { prompt, attachments } }));
  const tables = (data_model?.entities ?? []).map((entity) => ({
    name: entity.name,
    label: entity.label ?? entity.name,
    columns: (entity.fields ?? []).map(
      (field): Column => ({
        name: field.name,
        label: field.label ?? field.name,
        type: TYPES.find((type) => type === field.type) ?? "string",
        length: field.length ?? null,
        required: field.required ?? false,
        key: field.key ?? false,
      }),
    ),
  }));
  return tables.length > 0 ? tables : [{ name: "item", label: "", columns: [{ ...newColumn([], "ID"), name: "item_id", key: true, required: true }] }];
}

const HEAD = ["컬럼명", "라벨", "타입", "길이", "필수", "키"];

/** A list of columns as the services read one: what stands in it is stated, not guessed. */
export function asAttachment(table: DraftTable): Attachment {
  const rows = table.columns.map(({ name, label, type, length, required, key }) => [
    name,
    label,
    type ?? "string",
    length ? String(length) : "",
    required ? "Y" : "",
    key ? "Y" : "",
  ]);
  const content = [HEAD, ...rows].map((row) => row.map(quoted).join(",")).join("\n");
  return { name: `${table.name}.csv`, media_type: "text/csv", content: `${content}\n` };
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
