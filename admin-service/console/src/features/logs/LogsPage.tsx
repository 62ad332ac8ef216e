/** Every generation of everybody: what was asked, how it went. */

import { Drawer, Group, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconListSearch } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { admin, dataOf } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { StatusBadge, type Tone } from "@/shared/ui/StatusBadge";

import { isEmpty, NOTHING, queryOf } from "./filter";
import { Filters } from "./Filters";
import { LogRecord } from "./LogRecord";
import type { LogLine } from "./records";

const TONES: Record<string, Tone> = { completed: "good", failed: "bad", running: "accent", waiting: "warn" };

export function Component() {
  const { t } = useTranslation("logs");
  const navigate = useNavigate();
  const { generationId } = useParams();
  const [filter, setFilter] = useState(NOTHING);
  const [asked] = useDebouncedValue(filter, 250);
  const list = useList(["logs", asked], async (cursor) => {
    const page = await dataOf(
      admin.GET("/api/admin/generations", { params: { query: { limit: 100, cursor, ...queryOf(asked) } } }),
    );
    return { items: page.items as unknown as LogLine[], next_cursor: page.next_cursor };
  });
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")} />
      <Filters filter={filter} onChange={setFilter} />
      <DataTable
        label={t("title")}
        columns={useColumns()}
        rowId={(row) => row.id}
        onOpen={(row) => void navigate(`/logs/${row.id}`)}
        empty={<EmptyState icon={IconListSearch} title={t(isEmpty(asked) ? "empty" : "empty_filter")} text={t(isEmpty(asked) ? "empty_text" : "empty_filter_text")} />}
        {...list.table}
      />
      <Drawer
        opened={generationId !== undefined}
        onClose={() => void navigate("/logs")}
        position="right"
        size="xl"
        title={t("record")}
        closeButtonProps={{ "aria-label": t("common:action.close") }}
      >
        {generationId ? <LogRecord id={generationId} /> : null}
      </Drawer>
    </PageBody>
  );
}

function useColumns(): ColumnDef<LogLine>[] {
  const { t } = useTranslation("logs");
  return useMemo(
    () => [
      {
        header: t("prompt"),
        cell: ({ row }) => (
          <Text size="sm" lineClamp={2}>
            {row.original.prompt}
          </Text>
        ),
      },
      {
        header: t("status"),
        size: 110,
        cell: ({ row }) => (
          <StatusBadge tone={TONES[row.original.status] ?? "quiet"}>{t(`common:status.${row.original.status}`)}</StatusBadge>
        ),
      },
      {
        header: t("engine"),
        size: 150,
        cell: ({ row }) => (
          <Group gap={6}>
            {row.original.engine ?? "–"}
            {row.original.degraded ? <StatusBadge tone="warn">{t("degraded")}</StatusBadge> : null}
          </Group>
        ),
      },
      {
        header: t("duration"),
        size: 90,
        cell: ({ row }) =>
          row.original.duration_ms === null ? "–" : t("seconds", { value: (row.original.duration_ms / 1000).toFixed(1) }),
      },
      { header: t("when"), size: 150, cell: ({ row }) => <Moment at={row.original.created_at} /> },
    ],
    [t],
  );
}
