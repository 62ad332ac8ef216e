/** A/B tests: which one runs, and what came of the ones before; the newest first. */

import { Alert, Button, Text } from "@mantine/core";
import { IconArrowsSplit2, IconPlus } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { admin, dataOf } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { StatusBadge } from "@/shared/ui/StatusBadge";

import { armsOf, type Experiment } from "./arms";
import { StartExperiment } from "./StartExperiment";

export function Component() {
  const { t } = useTranslation("experiments");
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const list = useList(["experiments"], (cursor) =>
    dataOf(admin.GET("/api/admin/experiments", { params: { query: { limit: 50, cursor } } })),
  );
  const running = list.rows?.some((row) => row.status === "running") ?? true;
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} disabled={running} onClick={() => { setStarting(true); }}>
          {t("start")}
        </Button>
      </PageHeader>
      {running && list.rows ? <Alert mb="md" color="celadon" variant="light" styles={{ message: { color: "inherit" } }}>{t("one_at_a_time")}</Alert> : null}
      <DataTable
        label={t("title")}
        columns={useColumns()}
        rowId={(row) => row.id}
        onOpen={(row) => void navigate(`/experiments/${row.id}`)}
        empty={<EmptyState icon={IconArrowsSplit2} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
      {starting ? <StartExperiment onClose={() => { setStarting(false); }} /> : null}
    </PageBody>
  );
}

function useColumns(): ColumnDef<Experiment>[] {
  const { t } = useTranslation("experiments");
  return useMemo(
    () => [
      { header: t("name"), cell: ({ row }) => <Text size="sm" fw={600}>{row.original.name}</Text> },
      { header: t("arms"), cell: ({ row }) => <Text size="sm">{armsOf(row.original).map((arm) => `${arm.name} (${arm.weight.toString()})`).join(", ")}</Text> },
      {
        header: t("status"),
        size: 120,
        cell: ({ row }) => <StatusBadge tone={row.original.status === "running" ? "accent" : "quiet"}>{t(`state.${row.original.status}`)}</StatusBadge>,
      },
      { header: t("started"), size: 160, cell: ({ row }) => <Moment at={row.original.created_at} /> },
    ],
    [t],
  );
}
