/** Training data: what an export would hold, and the file itself. */

import { Button, Card, Group, SegmentedControl, Select, SimpleGrid, Stack, Switch, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { dataOf, gateway } from "@/shared/api/client";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { PageLoading } from "@/shared/ui/PageLoading";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

interface Filters {
  kind: "sft" | "dpo";
  split: "train" | "test" | "all";
  task: "spec" | "direct" | "patch" | null;
  framework: string;
  rating: string | null;
  builtin: boolean;
}
const START: Filters = { kind: "sft", split: "all", task: null, framework: "", rating: null, builtin: true };

export function Component() {
  const { t } = useTranslation("training");
  const [filters, setFilters] = useState(START);
  const [settled] = useDebouncedValue(filters, 300);
  const change = (part: Partial<Filters>) => { setFilters((before) => ({ ...before, ...part })); };
  const query = queryOf(settled);
  const summary = useQuery({
    queryKey: ["training", query],
    queryFn: () => dataOf(gateway.GET("/api/v1/training/summary", { params: { query } })),
  });
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Button
          component="a"
          href={`/api/v1/training/export?${addressOf(filters)}`}
          download
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t("download")}
        </Button>
      </PageHeader>
      <Stack>
        <Group align="flex-end">
          <Choice label={t("kind")} values={["sft", "dpo"]} value={filters.kind} onChange={(kind) => { change({ kind }); }} />
          <Choice label={t("split")} values={["all", "train", "test"]} value={filters.split} onChange={(split) => { change({ split }); }} />
          <Select
            label={t("task")}
            placeholder={t("any")}
            clearable
            data={(["spec", "direct", "patch"] as const).map((value) => ({ value, label: t(`tasks.${value}`) }))}
            value={filters.task}
            onChange={(task) => { change({ task: task as Filters["task"] }); }}
          />
          <Select
            label={t("rating")}
            placeholder={t("any")}
            clearable
            data={["3", "4", "5"]}
            value={filters.rating}
            onChange={(rating) => { change({ rating }); }}
          />
          <TextInput label={t("framework")} placeholder={t("any")} value={filters.framework} onChange={(event) => { change({ framework: event.currentTarget.value }); }} />
          <Switch label={t("builtin")} checked={filters.builtin} onChange={(event) => { change({ builtin: event.currentTarget.checked }); }} />
        </Group>
        {summary.error ? <ProblemAlert problem={summary.error} onRetry={() => void summary.refetch()} /> : null}
        {summary.isLoading ? <PageLoading /> : null}
        {summary.data ? (
          <>
            <Text size="sm" c="dimmed">{t(`consents.${summary.data.consent}`)}</Text>
            <SimpleGrid cols={{ base: 2, sm: 4 }}>
              <Figure label={t("samples")} value={summary.data.samples} />
              <Figure label={t("train")} value={summary.data.train} />
              <Figure label={t("test")} value={summary.data.test} />
              <Figure label={t("records")} value={summary.data.records} />
            </SimpleGrid>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Counts label={t("left_out")} counts={summary.data.left_out} name={(key) => t(`reasons.${key}`)} />
              <Counts label={t("scrubbed")} counts={summary.data.scrubbed} name={(key) => t(`found.${key}`)} />
            </SimpleGrid>
          </>
        ) : null}
      </Stack>
    </PageBody>
  );
}

function queryOf({ kind, split, task, framework, rating, builtin }: Filters) {
  return { kind, split, task, framework: framework.trim() || null, rating: rating === null ? null : Number(rating), builtin };
}

function addressOf(filters: Filters): string {
  const given = Object.entries(queryOf(filters)).filter(([, value]) => value !== null);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

function Choice<T extends string>({ label, values, value, onChange }: { label: string; values: T[]; value: T; onChange: (value: T) => void }) {
  const { t } = useTranslation("training");
  return (
    <SegmentedControl
      aria-label={label}
      data={values.map((one) => ({ value: one, label: t(`choices.${one}`) }))}
      value={value}
      onChange={(chosen) => { onChange(chosen as T); }}
    />
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <Card withBorder padding="sm">
      <Text size="xs" c="dimmed">{label}</Text>
      <Text size="xl" fw={600}>{value.toLocaleString()}</Text>
    </Card>
  );
}

function Counts({ label, counts, name }: { label: string; counts: Record<string, number>; name: (key: string) => string }) {
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return null;
  return (
    <Table captionSide="top" aria-label={label}>
      <Table.Caption>{label}</Table.Caption>
      <Table.Tbody>
        {rows.map(([key, count]) => (
          <Table.Tr key={key}>
            <Table.Td>{name(key)}</Table.Td>
            <Table.Td ta="right">{count.toLocaleString()}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
