/** The cases of an evaluation with the score of every variant; one opens beside its answers. */

import { Text, Title } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";

type Line = Admin["CaseLine"];

interface Props {
  evaluation: Admin["EvaluationResponse"];
  onOpen: (caseId: string) => void;
}

export function Cases({ evaluation, onOpen }: Props) {
  const { t } = useTranslation("evaluations");
  const cases = useQuery({
    queryKey: ["evaluations", evaluation.id, "cases", evaluation.done],
    placeholderData: (before) => before,
    queryFn: async () => {
      const params = { path: { evaluation_id: evaluation.id } };
      return (await dataOf(admin.GET("/api/admin/evaluations/{evaluation_id}/cases", { params }))).items;
    },
  });
  const columns = useMemo<ColumnDef<Line>[]>(
    () => [
      { header: t("case"), size: 210, accessorKey: "id" },
      { header: t("prompt"), cell: ({ row }) => <Text size="sm" lineClamp={1}>{row.original.prompt}</Text> },
      ...evaluation.variants.map((variant, number) => ({
        id: `variant-${number.toString()}`,
        header: String(variant.name),
        size: 120,
        accessorFn: (line: Line) => line.scores[number] ?? undefined,
        cell: ({ row }: { row: { original: Line } }) => row.original.scores[number]?.toFixed(0) ?? "–",
      })),
    ],
    [t, evaluation.variants],
  );
  return (
    <>
      <Title order={2} size="h4" mb="sm">{t("cases")}</Title>
      <DataTable
        label={t("cases")}
        columns={columns}
        rows={cases.data}
        rowId={(row) => row.id}
        loading={cases.isPending}
        problem={cases.error}
        onOpen={(row) => { onOpen(row.id); }}
        empty={<EmptyState icon={IconScale} title={t("empty")} text={t("empty_text")} />}
      />
    </>
  );
}
