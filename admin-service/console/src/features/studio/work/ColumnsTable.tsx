/** Columns, each a row of fields: of a dataset of the spec, or of a table before there is one. */

import { ActionIcon, Button, Checkbox, Group, NativeSelect, NumberInput, Table, Text, TextInput, Title } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { faultOf, TYPES, type Column } from "./spec";
import classes from "./workbench.module.css";

interface Props {
  name: string;
  note?: string;
  columns: readonly Column[];
  onChange: (index: number, change: Partial<Column>) => void;
  onMove: (index: number, by: -1 | 1) => void;
  onRemove: (index: number) => void;
  onAdd: (label: string) => void;
}

const HEADS = ["label", "name", "type", "length", "required", "key"] as const;

export function ColumnsTable({ name, note, columns, onChange, onMove, onRemove, onAdd }: Props) {
  const { t } = useTranslation("studio");
  return (
    <section aria-label={name}>
      <Group gap={8} mb={6}>
        <Title order={2} size="h6">
          {name}
        </Title>
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      </Group>
      <div className={classes.datasetBox}>
        <Table className={classes.dataset} verticalSpacing={3} horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              {HEADS.map((head) => (
                <Table.Th key={head}>{t(`column.${head}`)}</Table.Th>
              ))}
              <Table.Th>
                <span className="fw-visually-hidden">{t("column.actions")}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((column, index) => (
              <ColumnRow
                // The place is the row's identity: its name is what one edits.
                key={index}
                column={column}
                fault={faultOf(columns, index)}
                first={index === 0}
                last={index === columns.length - 1}
                onChange={(change) => { onChange(index, change); }}
                onMove={(by) => { onMove(index, by); }}
                onRemove={() => { onRemove(index); }}
              />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Button variant="subtle" size="xs" mt={6} leftSection={<IconPlus size={14} />} onClick={() => { onAdd(t("new_column")); }}>
        {t("add_column")}
      </Button>
    </section>
  );
}

interface RowProps {
  column: Column;
  fault: ReturnType<typeof faultOf>;
  first: boolean;
  last: boolean;
  onChange: (change: Partial<Column>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function ColumnRow({ column, fault, first, last, onChange, onMove, onRemove }: RowProps) {
  const { t } = useTranslation("studio");
  const of = (field: string) => t("field_of", { field: t(`column.${field}`), column: column.label || column.name });
  return (
    <Table.Tr>
      <Table.Td miw={140}>
        <TextInput
          size="xs"
          aria-label={of("label")}
          value={column.label}
          error={fault === "label_missing" ? t("fault.label_missing") : null}
          onChange={(event) => { onChange({ label: event.currentTarget.value }); }}
        />
      </Table.Td>
      <Table.Td miw={140}>
        <TextInput
          size="xs"
          ff="monospace"
          aria-label={of("name")}
          value={column.name}
          error={fault && fault !== "label_missing" ? t(`fault.${fault}`) : null}
          onChange={(event) => { onChange({ name: event.currentTarget.value }); }}
        />
      </Table.Td>
      <Table.Td miw={108}>
        <NativeSelect
          size="xs"
          aria-label={of("type")}
          data={TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
          value={column.type ?? "string"}
          onChange={(event) => { onChange({ type: event.currentTarget.value as Column["type"] }); }}
        />
      </Table.Td>
      <Table.Td miw={80}>
        <NumberInput
          size="xs"
          hideControls
          aria-label={of("length")}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          value={column.length ?? ""}
          onChange={(value) => { onChange({ length: typeof value === "number" ? value : null }); }}
        />
      </Table.Td>
      <Table.Td>
        <Checkbox aria-label={of("required")} checked={column.required ?? false} onChange={(event) => { onChange({ required: event.currentTarget.checked }); }} />
      </Table.Td>
      <Table.Td>
        <Checkbox aria-label={of("key")} checked={column.key ?? false} onChange={(event) => { onChange({ key: event.currentTarget.checked }); }} />
      </Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap">
          <ActionIcon variant="subtle" color="gray" disabled={first} aria-label={of("up")} onClick={() => { onMove(-1); }}>
            <IconArrowUp size={15} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" disabled={last} aria-label={of("down")} onClick={() => { onMove(1); }}>
            <IconArrowDown size={15} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={of("remove")} onClick={onRemove}>
            <IconTrash size={15} />
          </ActionIcon>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
