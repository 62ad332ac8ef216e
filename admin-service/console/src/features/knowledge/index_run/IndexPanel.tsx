/** How much of the knowledge searches find, and making the index anew, followed to its end. */

import { Alert, Button, Group, Progress, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";
import { useNumbers } from "@/shared/ui/numbers";
import { PageLoading } from "@/shared/ui/PageLoading";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { StatusBadge } from "@/shared/ui/StatusBadge";

import { useIndexRun, type Run } from "./useIndexRun";

export function IndexPanel() {
  const { t } = useTranslation("knowledge");
  const state = useQuery({
    queryKey: ["knowledge-index"],
    queryFn: () => dataOf(admin.GET("/api/admin/knowledge_index")),
    refetchInterval: 5_000,
  });
  const run = useIndexRun(() => void state.refetch());
  const busy = run.state.phase === "running";
  return (
    <Stack maw={720}>
      <Text size="sm" c="dimmed">{t("index.text")}</Text>
      <ProblemAlert problem={state.error} onRetry={() => void state.refetch()} />
      {state.data ? <Frameworks items={state.data.items} /> : state.isPending ? <PageLoading /> : null}
      <Group>
        <Button loading={busy && !run.state.everything} disabled={busy} onClick={() => { run.start(false); }}>{t("index.changed")}</Button>
        <Button variant="default" loading={busy && run.state.everything} disabled={busy} onClick={() => { run.start(true); }}>{t("index.everything")}</Button>
      </Group>
      <RunView run={run.state} />
    </Stack>
  );
}

function Frameworks({ items }: { items: { framework: string; entries: number; indexed: number }[] }) {
  const { t } = useTranslation("knowledge");
  const numbers = useNumbers();
  return (
    <Table aria-label={t("index.title")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("framework")}</Table.Th>
          <Table.Th ta="right">{t("entries")}</Table.Th>
          <Table.Th ta="right">{t("index.indexed")}</Table.Th>
          <Table.Th>{t("state")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ framework, entries, indexed }) => (
          <Table.Tr key={framework}>
            <Table.Td>{framework}</Table.Td>
            <Table.Td ta="right">{numbers.whole(entries)}</Table.Td>
            <Table.Td ta="right">{numbers.whole(indexed)}</Table.Td>
            <Table.Td>
              <StatusBadge tone={entries === indexed ? "good" : "warn"}>{entries === indexed ? t("index.current") : t("index.behind")}</StatusBadge>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function RunView({ run }: { run: Run }) {
  const { t } = useTranslation("knowledge");
  const numbers = useNumbers();
  if (run.phase === "idle") return null;
  if (run.phase === "failed") return <ProblemAlert problem={run.problem} />;
  if (run.phase === "done") {
    const { embedded, deleted, unchanged, ms } = run.report;
    return (
      <Alert role="status" variant="light" color="celadon" icon={<IconCheck />} title={t("index.done", { time: numbers.time(ms) })} styles={{ title: { color: "var(--fw-good-text)" }, root: { background: "var(--fw-good-ground)" } }}>
        {t("index.report", { embedded: numbers.whole(embedded), deleted: numbers.whole(deleted), unchanged: numbers.whole(unchanged) })}
      </Alert>
    );
  }
  const { step, done, total } = run;
  return (
    <Stack gap={6} role="status" aria-live="polite">
      <Group justify="space-between">
        <Text size="sm">{t(`index.steps.${step}`)}</Text>
        {total > 0 ? <Text size="sm" c="dimmed">{t("index.of", { done: numbers.whole(done), total: numbers.whole(total) })}</Text> : null}
      </Group>
      <Progress value={total > 0 ? (done / total) * 100 : 3} animated={total === 0} color="celadon" aria-label={t("index.progress")} />
      <Text size="xs" c="dimmed">{t("index.meanwhile")}</Text>
    </Stack>
  );
}
