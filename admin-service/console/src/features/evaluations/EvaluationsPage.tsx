/** Evaluations: engines, modes and templates compared on golden screens; the newest first. */

import { Button, Progress, Text } from "@mantine/core";
import { IconPlus, IconScale } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";

import { StartEvaluation } from "./StartEvaluation";
import { Status } from "./Status";

type Line = Admin["EvaluationLine"];

export function Component() {
  const { t } = useTranslation("evaluations");
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const list = useList(["evaluations"], (cursor) =>
    dataOf(admin.GET("/api/admin/evaluations", { params: { query: { limit: 50, cursor } } })),
  );
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => { setStarting(true); }}>
          {t("start")}
        </Button>
      </PageHeader>
      <DataTable
        label={t("title")}
        columns={useColumns()}
        rowId={(row) => row.id}
        onOpen={(row) => void navigate(`/evaluations/${row.id}`)}
        empty={<EmptyState icon={IconScale} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
      {starting ? <StartEvaluation onClose={() => { setStarting(false); }} /> : null}
    </PageBody>
  );
}

function useColumns(): ColumnDef<Line>[] {
  const { t } = useTranslation("evaluations");
  return useMemo(
    () => [
      { header: t("name"), cell: ({ row }) => <Text size="sm" fw={600}>{row.original.name}</Text> },
      { header: t("framework"), size: 120, accessorKey: "framework" },
      { header: t("status"), size: 130, cell: ({ row }) => <Status status={row.original.status} /> },
      { header: t("progress"), size: 170, cell: ({ row }) => <Done line={row.original} /> },
      { header: t("started"), size: 160, cell: ({ row }) => <Moment at={row.original.created_at} /> },
    ],
    [t],
  );
}

function Done({ line }: { line: Pick<Line, "done" | "total"> }) {
  const { t } = useTranslation("evaluations");
  return (
    <>
      <Text size="xs">{t("done_of", { done: line.done, total: line.total })}</Text>
      <Progress value={line.total ? (100 * line.done) / line.total : 0} aria-label={t("progress")} />
    </>
  );
}
