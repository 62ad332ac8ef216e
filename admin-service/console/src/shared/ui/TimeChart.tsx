/** A chart of numbers over time, and the same numbers as a table for whoever reads rather than looks. */

import { ActionIcon, Card, Group, ScrollArea, Skeleton, Table, Text, Title, Tooltip } from "@mantine/core";
import { IconChartLine, IconTable } from "@tabler/icons-react";
import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";

const View = lazy(() => import("./chart/TimeChartView"));

export interface Series {
  name: string;
  label: string;
  /** A CSS colour of the theme, `var(--fw-chart-1)`. */
  colour: string;
}

export interface TimeChartProps {
  kind: "bars" | "lines";
  points: readonly { label: string; values: Record<string, number | null> }[];
  series: readonly Series[];
  format: (value: number) => string;
  height?: number;
}

export function TimeChart({ title, text, ...chart }: TimeChartProps & { title: string; text?: string }) {
  const { t } = useTranslation();
  const [table, setTable] = useState(false);
  const id = useId();
  const action = t(table ? "chart.as_chart" : "chart.as_table", { title });
  return (
    <Card withBorder component="section" aria-labelledby={id} padding="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="sm">
        <div>
          <Title order={2} size="h5" id={id}>
            {title}
          </Title>
          {text ? <Text size="sm" c="dimmed">{text}</Text> : null}
        </div>
        <Tooltip label={action}>
          <ActionIcon variant="subtle" color="gray" aria-label={action} aria-pressed={table} onClick={() => { setTable(!table); }}>
            {table ? <IconChartLine size={18} aria-hidden /> : <IconTable size={18} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      </Group>
      {table ? (
        <Numbers title={title} {...chart} />
      ) : (
        <div aria-hidden>
          <Suspense fallback={<Skeleton height={chart.height ?? 220} />}>
            <View {...chart} />
          </Suspense>
        </div>
      )}
    </Card>
  );
}

function Numbers({ title, points, series, format, height = 220 }: TimeChartProps & { title: string }) {
  const { t } = useTranslation();
  return (
    <ScrollArea h={height} type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": title }}>
      <Table stickyHeader verticalSpacing={4} aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("chart.time")}</Table.Th>
            {series.map((one) => (
              <Table.Th key={one.name} ta="right">{one.label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.map((point) => (
            <Table.Tr key={point.label}>
              <Table.Th scope="row" fw={400}>{point.label}</Table.Th>
              {series.map((one) => (
                <Table.Td key={one.name} ta="right" style={{ fontVariantNumeric: "tabular-nums" }}>
                  {point.values[one.name] == null ? "–" : format(point.values[one.name] ?? 0)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
