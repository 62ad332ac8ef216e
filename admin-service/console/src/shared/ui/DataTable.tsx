/** A table over TanStack Table: sorted, keyboard reachable, with its loading, empty and failed states; rows by the thousand are virtualised. */

import { Box, Button, Group, Skeleton, Table, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import {
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  useReactTable,
  type ColumnDef,
  type Row,
  type SortingState,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import classes from "./data_table.module.css";
import { ProblemAlert } from "./ProblemAlert";

const ROW_HEIGHT = 45;
/** Below it a table scrolls sideways: no column is squeezed to a letter on a phone. */
const NARROWEST = 720;
const VIRTUAL_FROM = 200;

interface Props<T> {
  /** What the table is of, for screen readers. */
  label: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- TanStack's own type of columns whose values differ
  columns: ColumnDef<T, any>[];
  rows: readonly T[] | undefined;
  rowId: (row: T) => string;
  loading?: boolean;
  problem?: unknown;
  onRetry?: () => void;
  onOpen?: (row: T) => void;
  empty?: ReactNode;
  /** The next page of a list that is paged by key. */
  onMore?: () => void;
  more?: boolean;
  loadingMore?: boolean;
  /** The height of the scrolled box of a long table. */
  height?: number | string;
}

export function DataTable<T>(props: Props<T>) {
  const { rows, columns, rowId, problem, onRetry, loading, empty } = props;
  const { t } = useTranslation();
  const [sorting, setSorting] = useState<SortingState>([]);
  const table = useReactTable({
    data: (rows ?? []) as T[],
    columns,
    getRowId: rowId,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  if (problem && !rows) return <ProblemAlert problem={problem} onRetry={onRetry} />;
  if (loading && !rows) {
    return (
      <Box role="status" aria-busy="true" aria-label={t("table.loading")}>
        {[0, 1, 2, 3, 4].map((line) => (
          <Skeleton key={line} height={32} mb={10} />
        ))}
      </Box>
    );
  }
  if (rows?.length === 0 && empty) return empty;
  return (
    <>
      {problem ? <ProblemAlert problem={problem} onRetry={onRetry} /> : null}
      <Body {...props} rows={table.getRowModel().rows} head={<Head table={table} />} width={columns.length} minWidth={Math.min(table.getTotalSize(), NARROWEST)} />
      {props.more ? (
        <Group justify="center" mt="md">
          <Button variant="default" onClick={props.onMore} loading={props.loadingMore ?? false}>
            {t("table.more")}
          </Button>
        </Group>
      ) : null}
    </>
  );
}

function Head<T>({ table }: { table: ReturnType<typeof useReactTable<T>> }) {
  return (
    <Table.Thead>
      {table.getHeaderGroups().map((group) => (
        <Table.Tr key={group.id}>
          {group.headers.map((header) => {
            const sorted = header.column.getIsSorted();
            const text = header.isPlaceholder ? null : flexRender(header.column.columnDef.header, header.getContext());
            return (
              <Table.Th
                key={header.id}
                style={{ width: header.column.columnDef.size }}
                aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
              >
                {header.column.getCanSort() && header.column.columnDef.enableSorting ? (
                  <UnstyledButton className={classes.sort} onClick={header.column.getToggleSortingHandler()}>
                    {text}
                    {sorted === "asc" ? <IconArrowUp size={14} aria-hidden /> : null}
                    {sorted === "desc" ? <IconArrowDown size={14} aria-hidden /> : null}
                  </UnstyledButton>
                ) : (
                  text
                )}
              </Table.Th>
            );
          })}
        </Table.Tr>
      ))}
    </Table.Thead>
  );
}

type BodyProps<T> = Omit<Props<T>, "rows"> & { rows: Row<T>[]; head: ReactNode; width: number; minWidth: number };

function Body<T>({ rows, head, label, onOpen, height, width, minWidth }: BodyProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = rows.length >= VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: virtual ? rows.length : 0,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const shown = virtual ? items.flatMap((item) => rows[item.index] ?? []) : rows;
  const before = virtual ? (items[0]?.start ?? 0) : 0;
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  return (
    <div
      ref={box}
      className={classes.box}
      style={{ maxHeight: height ?? (virtual ? "70vh" : undefined) }}
      // A box that scrolls has to be reachable by the keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table miw={minWidth} highlightOnHover={onOpen !== undefined} aria-label={label} aria-rowcount={rows.length}>
        {head}
        <Table.Tbody>
          {before > 0 ? <Filler height={before} width={width} /> : null}
          {shown.map((row) => (
            <Line key={row.id} row={row} onOpen={onOpen} />
          ))}
          {after > 0 ? <Filler height={after} width={width} /> : null}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Filler({ height, width }: { height: number; width: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={width} style={{ height, padding: 0 }} />
    </tr>
  );
}

function Line<T>({ row, onOpen }: { row: Row<T>; onOpen?: (row: T) => void }) {
  function onKey(event: KeyboardEvent) {
    if (event.key === "Enter" && event.target === event.currentTarget) onOpen?.(row.original);
  }
  return (
    <Table.Tr
      {...(onOpen
        ? { tabIndex: 0, className: classes.open, onKeyDown: onKey, onClick: () => { onOpen(row.original); } }
        : {})}
    >
      {row.getVisibleCells().map((cell) => (
        <Table.Td key={cell.id}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</Table.Td>
      ))}
    </Table.Tr>
  );
}
