/** Files and tables that go along with a prompt. */

import { expect, test } from "vitest";

import { attachmentOf, UnfitAttachment } from "./attachments";
import { asAttachment } from "./drafts";

test("text goes as it is, in the Korean of older tools too", async () => {
  // R1.2
  const utf8 = await attachmentOf(new File(["컬럼명,라벨\n"], "표.csv", { type: "text/csv" }));
  expect(utf8).toEqual({ name: "표.csv", media_type: "text/csv", content: "컬럼명,라벨\n" });
  const cp949 = await attachmentOf(new File([new Uint8Array([0xc4, 0xc3, 0xb7, 0xb3])], "old.txt"));
  expect(cp949.content).toBe("컬럼");
});

test("a spreadsheet goes as base64, whatever its size", async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  const sheet = await attachmentOf(new File([bytes], "Tables.XLSX"));
  expect(Uint8Array.from(atob(sheet.content), (sign) => sign.charCodeAt(0))).toEqual(bytes);
});

test("what can't be read is refused with its reason", async () => {
  await expect(attachmentOf(new File(["x"], "virus.exe"))).rejects.toMatchObject({ reason: "kind", file: "virus.exe" });
  await expect(attachmentOf(new File(["x".repeat(800_000)], "big.sql"))).rejects.toBeInstanceOf(UnfitAttachment);
});

test("corrected columns are stated as a list that the services read, quoted where they need it", () => {
  const table = asAttachment({
    name: "task",
    label: "Task",
    columns: [
      { name: "task_id", label: "ID", type: "string", length: 10, required: true, key: true },
      { name: "memo", label: 'a, "b"', type: "text", length: null },
    ],
  });
  expect(table.name).toBe("task.csv");
  expect(table.content).toBe('컬럼명,라벨,타입,길이,필수,키\ntask_id,ID,string,10,Y,Y\nmemo,"a, ""b""",text,,,\n');
});
