/** The variants side by side; the reference is 100, and every mean has its 95 % interval. */

import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";

import { interval, seconds } from "./figures";

type Row = Admin["ComparisonRow"];

export function Comparison({ evaluation }: { evaluation: Admin["EvaluationResponse"] }) {
  const { t } = useTranslation("evaluations");
  const columns: [string, (row: Row) => string][] = [
    [t("relative"), (row) => interval(row.relative)],
    [t("score"), (row) => interval(row.score)],
    [t("difference"), (row) => interval(row.difference)],
    [t("valid_before"), (row) => interval(row.valid_before, 0, 100)],
    [t("valid_after"), (row) => interval(row.valid_after, 0, 100)],
    [t("recall"), (row) => interval(row.recall, 0, 100)],
    [t("precision"), (row) => interval(row.precision, 0, 100)],
    [t("expectations"), (row) => interval(row.expectations, 0, 100)],
    [t("distance"), (row) => interval(row.distance, 2)],
    [t("judged"), (row) => interval(row.judged)],
    [t("time"), (row) => `${seconds(row.duration_ms_p50)} / ${seconds(row.duration_ms_p95)}`],
    [t("tokens"), (row) => (row.prompt_tokens_mean == null ? "–" : `${Math.round(row.prompt_tokens_mean).toString()} / ${Math.round(row.completion_tokens_mean ?? 0).toString()}`)],
    [t("gpu"), (row) => row.gpu_s_total.toFixed(1)],
    [t("cost"), (row) => row.cost_total.toFixed(4)],
    [t("failed"), (row) => `${row.failed.toString()} / ${row.results.toString()}`],
  ];
  return (
    <>
      <Table.ScrollContainer minWidth={600} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "region", "aria-label": t("comparison") } }}>
        <Table striped aria-label={t("comparison")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("variant")}</Table.Th>
              {evaluation.comparison.map((row) => (
                <Table.Th key={row.variant} scope="col">{row.name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map(([title, shown]) => (
              <Table.Tr key={title}>
                <Table.Th scope="row" fw={400}>{title}</Table.Th>
                {evaluation.comparison.map((row) => (
                  <Table.Td key={row.variant} style={{ whiteSpace: "nowrap" }}>{shown(row)}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mb="lg">{t("note")}</Text>
    </>
  );
}
