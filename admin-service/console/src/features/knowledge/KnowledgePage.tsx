/** The company's own knowledge beside the packs', and what a query would find. */

import { Button, Group, Select, Tabs, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBook2, IconDownload, IconPlus, IconSearch, IconUpload } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { StatusBadge } from "@/shared/ui/StatusBadge";

import { EntryDrawer } from "./EntryDrawer";
import { IndexPanel } from "./index_run/IndexPanel";
import { KINDS } from "./kinds";
import { ImportModal } from "./transfer/ImportModal";
import { TryQuery } from "./TryQuery";

type Entry = Admin["KnowledgeResponse"];

export function Component() {
  const { t } = useTranslation("knowledge");
  const [chosen, setChosen] = useState<Entry | "new" | null>(null);
  const [importing, setImporting] = useState(false);
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Button component="a" href="/api/admin/knowledge_files" download variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {t("export")}
        </Button>
        <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} onClick={() => { setImporting(true); }}>
          {t("import.open")}
        </Button>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => { setChosen("new"); }}>
          {t("add")}
        </Button>
      </PageHeader>
      <Tabs defaultValue="entries" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="entries">{t("entries")}</Tabs.Tab>
          <Tabs.Tab value="try">{t("try")}</Tabs.Tab>
          <Tabs.Tab value="index">{t("index.title")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="entries">
          <Entries onOpen={setChosen} />
        </Tabs.Panel>
        <Tabs.Panel value="try">
          <TryQuery />
        </Tabs.Panel>
        <Tabs.Panel value="index">
          <IndexPanel />
        </Tabs.Panel>
      </Tabs>
      <EntryDrawer entry={chosen} onClose={() => { setChosen(null); }} />
      {importing ? <ImportModal onClose={() => { setImporting(false); }} /> : null}
    </PageBody>
  );
}

function Entries({ onOpen }: { onOpen: (entry: Entry) => void }) {
  const { t } = useTranslation("knowledge");
  const [typed, setTyped] = useState("");
  const [kind, setKind] = useState<string | null>(null);
  const [q] = useDebouncedValue(typed.trim(), 250);
  const list = useList(["knowledge", { q, kind }], (cursor) =>
    dataOf(admin.GET("/api/admin/knowledge", { params: { query: { limit: 50, cursor, q: q || null, kind } } })),
  );
  return (
    <>
      <Group mb="md" gap="sm">
        <TextInput
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => { setTyped(event.currentTarget.value); }}
          flex="1 1 220px"
          maw={420}
        />
        <Select
          aria-label={t("kind")}
          placeholder={t("any_kind")}
          clearable
          data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          onChange={setKind}
          w={170}
        />
      </Group>
      <DataTable
        label={t("entries")}
        columns={useColumns()}
        rowId={(row) => row.id}
        onOpen={onOpen}
        empty={<EmptyState icon={IconBook2} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
    </>
  );
}

function useColumns(): ColumnDef<Entry>[] {
  const { t } = useTranslation("knowledge");
  return useMemo(
    () => [
      {
        header: t("entry_title"),
        size: 460,
        cell: ({ row }) => (
          <>
            <Text size="sm" fw={600}>
              {row.original.title}
            </Text>
            <Text size="xs" c="dimmed" lineClamp={1}>
              {row.original.text}
            </Text>
          </>
        ),
      },
      { header: t("kind"), size: 120, cell: ({ row }) => t(`kinds.${row.original.kind}`, { defaultValue: row.original.kind }) },
      { header: t("framework"), size: 120, accessorKey: "framework" },
      {
        header: t("state"),
        size: 100,
        cell: ({ row }) => (
          <StatusBadge tone={row.original.enabled ? "good" : "quiet"}>{row.original.enabled ? t("on") : t("off")}</StatusBadge>
        ),
      },
      { header: t("updated"), size: 150, cell: ({ row }) => <Moment at={row.original.updated_at} /> },
    ],
    [t],
  );
}
