/** Each engine: whether it answers, what it is doing, and how it did in the span. */

import { Anchor, Card, Group, Text, Title } from "@mantine/core";
import { IconCpu } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Admin } from "@/shared/api/client";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { useNumbers } from "@/shared/ui/numbers";
import { StatusBadge, type Tone } from "@/shared/ui/StatusBadge";

import { rate } from "./rates";

const TONES: Record<string, Tone> = { ready: "good", loading: "accent", unknown: "quiet" };

interface Row {
  engine: Admin["EngineStateResponse"];
  measured: Admin["MeasuredEngineResponse"] | undefined;
}

interface Props {
  health: Admin["HealthResponse"];
  measured: readonly Admin["MeasuredEngineResponse"][];
}

export function Engines({ health, measured }: Props) {
  const { t } = useTranslation("dashboard");
  const columns = useColumns(health.default_engine);
  const rows = health.engines?.map((engine) => ({ engine, measured: measured.find((one) => one.engine === engine.id) }));
  return (
    <Card withBorder component="section" aria-labelledby="engines" padding="md">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5" id="engines">
          {t("engines")}
        </Title>
        <Anchor component={Link} to="/engines" size="sm" underline="always">
          {t("to_engines")}
        </Anchor>
      </Group>
      {rows ? (
        <DataTable
          label={t("engines")}
          columns={columns}
          rows={rows}
          rowId={(row) => row.engine.id}
          empty={<EmptyState icon={IconCpu} title={t("no_engines")} />}
        />
      ) : (
        <Text c="dimmed" size="sm">{t("engines_unknown")}</Text>
      )}
    </Card>
  );
}

function useColumns(standard: string | null): ColumnDef<Row>[] {
  const { t } = useTranslation("dashboard");
  const numbers = useNumbers();
  return useMemo(
    () => [
      {
        header: t("engine"),
        cell: ({ row: { original: { engine } } }) => (
          <>
            <Text size="sm" fw={600}>
              {engine.id} {engine.id === standard ? <Text span size="xs" c="dimmed" fw={400}>{t("standard")}</Text> : null}
            </Text>
            <Text size="xs" c="dimmed">{engine.kind} · {engine.model}</Text>
          </>
        ),
      },
      {
        header: t("now"),
        size: 130,
        cell: ({ row: { original: { engine } } }) => (
          <StatusBadge tone={TONES[engine.state] ?? "bad"}>{t(`engine_state.${engine.state}`, { defaultValue: engine.state })}</StatusBadge>
        ),
      },
      {
        header: t("load"),
        size: 130,
        cell: ({ row: { original: { engine } } }) => t("load_value", { running: engine.running, waiting: engine.waiting }),
      },
      { header: t("generations"), size: 110, cell: ({ row }) => numbers.whole(row.original.measured?.generations ?? 0) },
      { header: t("median"), size: 110, cell: ({ row }) => numbers.time(row.original.measured?.p50_ms) },
      {
        header: t("failed"),
        size: 90,
        cell: ({ row: { original: { measured } } }) => {
          const part = measured ? rate(measured.failed, measured.completed + measured.failed) : null;
          return part === null ? "–" : numbers.percent(part);
        },
      },
    ],
    [t, numbers, standard],
  );
}
