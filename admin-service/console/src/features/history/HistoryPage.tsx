/** One's own generations, the newest first. */

import { Group, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconHistory, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { dataOf, gateway, type Gateway } from "@/shared/api/client";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { StatusBadge, type Tone } from "@/shared/ui/StatusBadge";

type Line = Gateway["GenerationLine"];
const STATUSES = ["completed", "running", "waiting", "queued", "failed", "cancelled"] as const;
type Status = (typeof STATUSES)[number];
const TONES: Record<string, Tone> = { completed: "good", failed: "bad", running: "accent", waiting: "warn" };

export function Component() {
  const { t } = useTranslation("history");
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [status, setStatus] = useState<Status | null>(null);
  const [q] = useDebouncedValue(typed.trim(), 250);
  const list = useInfiniteQuery({
    queryKey: ["generations", { q, status }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      dataOf(
        gateway.GET("/api/v1/generations", {
          params: { query: { limit: 50, cursor: pageParam, q: q || null, status } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
  const columns = useColumns();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items.filter((line) => line.kind !== "chat")), [list.data]);
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")} />
      <Group mb="md" gap="sm">
        <TextInput
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => { setTyped(event.currentTarget.value); }}
          flex="1 1 220px"
          maw={420}
        />
        <Select
          aria-label={t("status")}
          placeholder={t("any_status")}
          clearable
          data={STATUSES.map((value) => ({ value, label: t(`common:status.${value}`) }))}
          value={status}
          onChange={(value) => { setStatus(value as Status | null); }}
          w={170}
        />
      </Group>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        loading={list.isPending}
        problem={list.error}
        onRetry={() => void list.refetch()}
        onOpen={(row) => void navigate(`/studio/${row.id}`)}
        empty={<EmptyState icon={IconHistory} title={t("empty")} text={t("empty_text")} />}
        more={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </PageBody>
  );
}

function useColumns(): ColumnDef<Line>[] {
  const { t } = useTranslation("history");
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
        size: 120,
        cell: ({ row }) => (
          <StatusBadge tone={TONES[row.original.status] ?? "quiet"}>{t(`common:status.${row.original.status}`)}</StatusBadge>
        ),
      },
      { header: t("engine"), size: 140, cell: ({ row }) => row.original.engine ?? "–" },
      {
        header: t("duration"),
        size: 90,
        cell: ({ row }) =>
          row.original.duration_ms === null || row.original.duration_ms === undefined
            ? "–"
            : t("seconds", { value: (row.original.duration_ms / 1000).toFixed(1) }),
      },
      { header: t("when"), size: 140, cell: ({ row }) => <Moment at={row.original.created_at} /> },
    ],
    [t],
  );
}
