/** What was used by each user, model, engine or day. */

import { Text } from "@mantine/core";
import { IconReceipt2 } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { useNumbers } from "@/shared/ui/numbers";

type Row = Admin["UsedByResponse"];

export function UsedTable({ label, rows, currency }: { label: string; rows: readonly Row[]; currency: string }) {
  const { t } = useTranslation("usage");
  return (
    <DataTable
      label={label}
      columns={useColumns(label, currency)}
      rows={rows}
      rowId={(row) => row.key}
      empty={<EmptyState icon={IconReceipt2} title={t("empty")} text={t("empty_text")} />}
    />
  );
}

function useColumns(label: string, currency: string): ColumnDef<Row>[] {
  const { t } = useTranslation("usage");
  const numbers = useNumbers();
  return useMemo(() => {
    const counted = (header: string, read: (row: Row) => number, write: (value: number) => string): ColumnDef<Row> => ({
      id: header,
      header,
      size: 130,
      accessorFn: read,
      enableSorting: true,
      cell: ({ row }) => (
        <Text span size="sm" style={{ fontVariantNumeric: "tabular-nums" }}>{write(read(row.original))}</Text>
      ),
    });
    return [
      { id: "label", header: label, accessorFn: (row) => row.label || t("none"), enableSorting: true },
      counted(t("generations"), (row) => row.generations, numbers.whole),
      counted(t("prompt_tokens"), (row) => row.prompt_tokens, numbers.whole),
      counted(t("completion_tokens"), (row) => row.completion_tokens, numbers.whole),
      counted(t("gpu_seconds"), (row) => row.gpu_seconds, (value) => numbers.time(value * 1000)),
      counted(t("cost"), (row) => row.cost, (value) => numbers.money(value, currency)),
    ];
  }, [t, numbers, label, currency]);
}
