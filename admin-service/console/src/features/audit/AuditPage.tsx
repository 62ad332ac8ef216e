/** Who changed what, and when. */

import { Code, Group, Popover, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconShieldSearch } from "@tabler/icons-react";
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

type Line = Admin["AuditResponse"];

export function Component() {
  const { t } = useTranslation("audit");
  const [typed, setTyped] = useState("");
  const [action] = useDebouncedValue(typed.trim(), 250);
  const list = useList(["audit", action], (cursor) =>
    dataOf(admin.GET("/api/admin/audit", { params: { query: { limit: 100, cursor, action: action || null } } })),
  );
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")} />
      <Group mb="md">
        <TextInput
          aria-label={t("action")}
          placeholder={t("action_example")}
          value={typed}
          onChange={(event) => { setTyped(event.currentTarget.value); }}
          w={280}
        />
      </Group>
      <DataTable
        label={t("title")}
        columns={useColumns()}
        rowId={(row) => row.id}
        empty={<EmptyState icon={IconShieldSearch} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
    </PageBody>
  );
}

function useColumns(): ColumnDef<Line>[] {
  const { t } = useTranslation("audit");
  return useMemo(
    () => [
      { header: t("when"), size: 160, cell: ({ row }) => <Moment at={row.original.at} /> },
      { header: t("who"), size: 200, cell: ({ row }) => row.original.actor_id || row.original.actor_service },
      { header: t("action"), size: 190, cell: ({ row }) => <Code>{row.original.action}</Code> },
      {
        header: t("subject"),
        cell: ({ row }) => (
          <Text size="sm">
            {row.original.subject_kind} {row.original.subject_id}
          </Text>
        ),
      },
      { header: t("change"), size: 110, cell: ({ row }) => <Change line={row.original} /> },
    ],
    [t],
  );
}

function Change({ line }: { line: Line }) {
  const { t } = useTranslation("audit");
  if (!line.before && !line.after) return <>–</>;
  return (
    <Popover width={420} position="left" withArrow>
      <Popover.Target>
        <UnstyledButton c="celadon" fz="sm">
          {t("show")}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="xs" c="dimmed">{t("before")}</Text>
        <Code block mah={180} style={{ overflow: "auto" }}>{JSON.stringify(line.before, null, 1)}</Code>
        <Text size="xs" c="dimmed" mt={6}>{t("after")}</Text>
        <Code block mah={180} style={{ overflow: "auto" }}>{JSON.stringify(line.after, null, 1)}</Code>
      </Popover.Dropdown>
    </Popover>
  );
}
