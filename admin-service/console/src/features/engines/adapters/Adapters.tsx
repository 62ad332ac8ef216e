/** The life of an engine's LoRA adapters: registered, loaded, compared, promoted, rolled back. */

import { Alert, Badge, Button, Group, NumberInput, SimpleGrid, Stack, Table, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { PageLoading } from "@/shared/ui/PageLoading";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

type State = Admin["AdaptersResponse"];
type Adapter = Admin["AdapterResponse"];
type Act = () => Promise<unknown>;
const BASE = "/api/admin/engines/{engine_id}/adapters";
const VERDICTS = { better: "celadon", worse: "red", not_sure: "gray", too_few: "gray" } as const;

export function Adapters({ engineId }: { engineId: string }) {
  const { t } = useTranslation("engines");
  const queries = useQueryClient();
  const path = { engine_id: engineId };
  const found = useQuery({ queryKey: ["adapters", engineId], queryFn: () => dataOf(admin.GET(BASE, { params: { path } })) });
  const act = useMutation({
    mutationFn: (run: Act) => run(),
    onSettled: () => queries.invalidateQueries({ queryKey: ["adapters", engineId] }),
  });
  if (found.error) return <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageLoading />;
  const state = found.data;
  return (
    <Stack>
      <Text size="sm" c="dimmed">{t("adapters.text")}</Text>
      <ProblemAlert problem={act.error} />
      {state.supported ? null : <Alert color="gray">{t("adapters.not_supported")}</Alert>}
      {state.reachable ? null : <Alert color="yellow">{t("adapters.unreachable")}</Alert>}
      <Group justify="space-between">
        <Text size="sm">{t("adapters.base_share", { share: (state.base_share * 100).toFixed(0) })}</Text>
        <Button size="xs" variant="default" loading={act.isPending} onClick={() => { act.mutate(() => dataOf(admin.POST(`${BASE}/rollback`, { params: { path } }))); }}>
          {t("adapters.roll_back")}
        </Button>
      </Group>
      {state.adapters.map((adapter) => (
        <One key={adapter.name} engineId={engineId} adapter={adapter} pending={act.isPending} run={(run) => { act.mutate(run); }} />
      ))}
      <Comparisons state={state} />
      <Register engineId={engineId} run={(run) => { act.mutate(run); }} />
    </Stack>
  );
}

function One({ engineId, adapter, pending, run }: { engineId: string; adapter: Adapter; pending: boolean; run: (act: Act) => void }) {
  const { t } = useTranslation("engines");
  const [share, setShare] = useState<string | number>(Math.round(adapter.share * 100));
  const path = { engine_id: engineId, name: adapter.name };
  return (
    <Stack gap={4} p="sm" style={{ border: "1px solid var(--mantine-color-default-border)", borderRadius: 6 }}>
      <Group justify="space-between">
        <Text fw={600} size="sm">{adapter.name}</Text>
        <Badge variant="light" color={adapter.loaded ? "celadon" : "gray"} tt="none">
          {adapter.loaded ? t("adapters.loaded", { share: (adapter.share * 100).toFixed(0) }) : t("adapters.not_loaded")}
        </Badge>
      </Group>
      <Text size="xs" c="dimmed">{adapter.path}{adapter.note ? ` · ${adapter.note}` : ""}</Text>
      <Group gap="xs" align="flex-end">
        {adapter.loaded ? (
          <>
            <NumberInput label={t("adapters.share")} w={110} min={0} max={100} suffix=" %" value={share} onChange={setShare} />
            <Button size="xs" variant="default" disabled={pending} onClick={() => { run(() => dataOf(admin.PUT(`${BASE}/shares`, { params: { path: { engine_id: engineId } }, body: { shares: { [adapter.name]: Number(share) / 100 } } }))); }}>
              {t("adapters.compare")}
            </Button>
            <Button size="xs" disabled={pending} onClick={() => { run(() => dataOf(admin.POST(`${BASE}/{name}/promote`, { params: { path } }))); }}>
              {t("adapters.promote")}
            </Button>
            <Button size="xs" variant="subtle" disabled={pending} onClick={() => { run(() => dataOf(admin.POST(`${BASE}/{name}/unload`, { params: { path } }))); }}>
              {t("adapters.unload")}
            </Button>
          </>
        ) : (
          <>
            <Button size="xs" disabled={pending} onClick={() => { run(() => dataOf(admin.POST(`${BASE}/{name}/load`, { params: { path } }))); }}>
              {t("adapters.load")}
            </Button>
            <Button size="xs" variant="subtle" disabled={pending} onClick={() => { run(() => admin.DELETE(`${BASE}/{name}`, { params: { path } })); }}>
              {t("adapters.remove")}
            </Button>
          </>
        )}
      </Group>
    </Stack>
  );
}

function Comparisons({ state }: { state: State }) {
  const { t } = useTranslation("engines");
  if (state.comparisons.length === 0) return null;
  return (
    <Table aria-label={t("adapters.comparison")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("profiles.columns.adapter")}</Table.Th>
          <Table.Th>{t("profiles.columns.accepted")}</Table.Th>
          <Table.Th>{t("adapters.base_then")}</Table.Th>
          <Table.Th>{t("adapters.difference")}</Table.Th>
          <Table.Th>{t("adapters.verdict")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {state.comparisons.map((line) => (
          <Table.Tr key={line.name}>
            <Table.Td>{line.name}</Table.Td>
            <Table.Td>{(line.accepted * 100).toFixed(0)} %</Table.Td>
            <Table.Td>{(line.base_accepted * 100).toFixed(0)} %</Table.Td>
            <Table.Td>{t("adapters.interval", { difference: points(line.difference), low: points(line.low), high: points(line.high) })}</Table.Td>
            <Table.Td><Badge variant="light" tt="none" color={VERDICTS[line.verdict]}>{t(`adapters.verdicts.${line.verdict}`)}</Badge></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function points(value: number): string {
  return `${value > 0 ? "+" : ""}${(value * 100).toFixed(0)}`;
}

function Register({ engineId, run }: { engineId: string; run: (act: Act) => void }) {
  const { t } = useTranslation("engines");
  const form = useForm({ initialValues: { name: "", version: "", path: "", note: "" } });
  return (
    <form
      onSubmit={form.onSubmit((body) => {
        run(() => dataOf(admin.POST(BASE, { params: { path: { engine_id: engineId } }, body })));
        form.reset();
      })}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t("adapters.name")} required {...form.getInputProps("name")} />
        <TextInput label={t("adapters.version")} {...form.getInputProps("version")} />
        <TextInput label={t("adapters.path")} description={t("adapters.path_text")} required {...form.getInputProps("path")} />
        <TextInput label={t("adapters.note")} description={t("adapters.note_text")} {...form.getInputProps("note")} />
      </SimpleGrid>
      <Group justify="flex-end" mt="sm">
        <Button type="submit" variant="default">{t("adapters.register")}</Button>
      </Group>
    </form>
  );
}
