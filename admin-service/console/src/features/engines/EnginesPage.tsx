/** The engines that write: where they are, what they can, whether they answer. */

import { Button, Group, Text } from "@mantine/core";
import { IconCpu, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { json } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { StatusBadge, type Tone } from "@/shared/ui/StatusBadge";

import { EngineDrawer } from "./EngineDrawer";
import { ProfilesTable } from "./profiles/ProfilesTable";

type Engine = Admin["EngineResponse"];
type State = "ready" | "loading" | "down" | "unknown";
interface Model {
  id: string;
  framewright?: { state?: State };
}
const TONES: Record<State, Tone> = { ready: "good", loading: "warn", down: "bad", unknown: "quiet" };

export function Component() {
  const { t } = useTranslation("engines");
  const [chosen, setChosen] = useState<Engine | "new" | null>(null);
  const list = useList(["engines"], (cursor) =>
    dataOf(admin.GET("/api/admin/engines", { params: { query: { limit: 100, cursor } } })),
  );
  const states = useStates();
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => { setChosen("new"); }}>
          {t("add")}
        </Button>
      </PageHeader>
      <DataTable
        label={t("title")}
        columns={useColumns(states)}
        rowId={(row) => row.id}
        onOpen={(row) => { if (row.kind !== "builtin") setChosen(row); }}
        empty={<EmptyState icon={IconCpu} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
      <ProfilesTable />
      <EngineDrawer
        engine={chosen}
        others={(list.rows ?? []).map((row) => row.id)}
        onClose={() => { setChosen(null); }}
      />
    </PageBody>
  );
}

/** What the engines say of themselves now, by id. */
function useStates(): Record<string, State> {
  const models = useQuery({
    queryKey: ["models"],
    queryFn: () => json<{ data: Model[] }>("/v1/models"),
    refetchInterval: 10_000,
  });
  return useMemo(
    () => Object.fromEntries((models.data?.data ?? []).map((model) => [model.id, model.framewright?.state ?? "unknown"])),
    [models.data],
  );
}

function useColumns(states: Record<string, State>): ColumnDef<Engine>[] {
  const { t } = useTranslation("engines");
  return useMemo(
    () => [
      {
        header: t("name"),
        cell: ({ row }) => (
          <>
            <Text size="sm" fw={600}>
              {row.original.name}
            </Text>
            <Text size="xs" c="dimmed">
              {row.original.id}
            </Text>
          </>
        ),
      },
      { header: t("kind"), size: 100, accessorKey: "kind" },
      { header: t("model"), accessorKey: "model" },
      { header: t("class"), size: 90, cell: ({ row }) => t(`classes.${row.original.model_class}`) },
      { header: t("window"), size: 110, cell: ({ row }) => row.original.context_window.toLocaleString() },
      {
        header: t("state"),
        size: 130,
        cell: ({ row }) => {
          const state = row.original.enabled ? (states[row.original.id] ?? "unknown") : null;
          return (
            <Group gap={4}>
              <StatusBadge tone={state ? TONES[state] : "quiet"}>{state ? t(`states.${state}`) : t("off")}</StatusBadge>
            </Group>
          );
        },
      },
    ],
    [t, states],
  );
}
