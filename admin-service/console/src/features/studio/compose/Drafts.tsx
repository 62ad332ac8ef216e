/** The columns, corrected before the screen is made. */

import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { ColumnsTable } from "../work/ColumnsTable";
import { areSound, newColumn, swap } from "../work/spec";
import type { DraftTable } from "./drafts";

interface Props {
  drafts: readonly DraftTable[];
  onChange: (drafts: DraftTable[]) => void;
  sending: boolean;
  onDone: () => void;
  onDrop: () => void;
}

export function Drafts({ drafts, onChange, sending, onDone, onDrop }: Props) {
  const { t } = useTranslation("studio");
  function change(table: DraftTable, columns: DraftTable["columns"]) {
    onChange(drafts.map((one) => (one === table ? { ...table, columns } : one)));
  }
  return (
    <Stack component="section" aria-label={t("columns_first")}>
      <Text size="sm" c="dimmed">
        {t("drafts_text")}
      </Text>
      {drafts.map((table) => (
        <ColumnsTable
          key={table.name}
          name={table.label ? `${table.label} (${table.name})` : table.name}
          columns={table.columns}
          onChange={(index, edit) => { change(table, table.columns.map((column, at) => (at === index ? { ...column, ...edit } : column))); }}
          onMove={(index, by) => { change(table, swap(table.columns, index, index + by)); }}
          onRemove={(index) => { change(table, table.columns.filter((_, at) => at !== index)); }}
          onAdd={(label) => { change(table, [...table.columns, newColumn(table.columns, label)]); }}
        />
      ))}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onDrop}>
          {t("common:action.cancel")}
        </Button>
        <Button loading={sending} disabled={!drafts.every((table) => table.columns.length > 0 && areSound(table.columns))} onClick={onDone}>
          {t("make_of_these")}
        </Button>
      </Group>
    </Stack>
  );
}
