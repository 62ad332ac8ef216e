/** Accepted screens: which of them become examples that prompts carry. */

import { Group, SegmentedControl, Text } from "@mantine/core";
import { IconBook2 } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { StatusBadge } from "@/shared/ui/StatusBadge";

import { ExampleDrawer } from "./ExampleDrawer";
import { STATUSES, TONES, type Status } from "./statuses";

type Line = Admin["ExampleLine"];

export function Component() {
  const { t } = useTranslation("examples");
  const [status, setStatus] = useState<Status>("pending");
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useList(["examples", status], (cursor) =>
    dataOf(admin.GET("/api/admin/examples", { params: { query: { limit: 100, cursor, status } } })),
  );
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")} />
      <Group mb="md">
        <SegmentedControl
          aria-label={t("status")}
          data={STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))}
          value={status}
          onChange={(value) => { setStatus(value as Status); }}
        />
      </Group>
      <DataTable
        label={t("title")}
        columns={useColumns()}
        rowId={(row) => row.generation_id}
        onOpen={(row) => { setChosen(row.generation_id); }}
        empty={<EmptyState icon={IconBook2} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
      <ExampleDrawer id={chosen} onClose={() => { setChosen(null); }} />
    </PageBody>
  );
}

function useColumns(): ColumnDef<Line>[] {
  const { t } = useTranslation("examples");
  return useMemo(
    () => [
      { header: t("when"), size: 150, cell: ({ row }) => <Moment at={row.original.created_at} /> },
      { header: t("prompt"), cell: ({ row }) => <Text size="sm" lineClamp={2}>{row.original.title || row.original.prompt}</Text> },
      { header: t("model"), size: 160, cell: ({ row }) => row.original.model ?? row.original.engine ?? "–" },
      { header: t("rating"), size: 90, cell: ({ row }) => row.original.rating ?? "–" },
      {
        header: t("changed"),
        size: 110,
        cell: ({ row }) => changedOf(row.original.distance),
      },
      { header: t("consent"), size: 110, cell: ({ row }) => (row.original.consent ? t("yes") : t("no")) },
      {
        header: t("status"),
        size: 120,
        cell: ({ row }) => (
          <StatusBadge tone={TONES[row.original.status]}>{t(`statuses.${row.original.status}`)}</StatusBadge>
        ),
      },
    ],
    [t],
  );
}

function changedOf(distance: Line["distance"]): string {
  const ratio = distance?.ratio;
  return typeof ratio === "number" ? `${(ratio * 100).toFixed(1)} %` : "–";
}
