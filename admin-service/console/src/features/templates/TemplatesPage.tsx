/** Prompt templates: versions never change, the label `production` says which one is in force. */

import { Badge, Button, Group, Text } from "@mantine/core";
import { IconFileText, IconPlus } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import { useDefaultFramework } from "@/shared/api/settings";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";

import { NewTemplate } from "./NewTemplate";

type Template = Admin["TemplateResponse"];

export function Component() {
  const { t } = useTranslation("templates");
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const framework = useDefaultFramework();
  const list = useList(["templates"], (cursor) =>
    dataOf(admin.GET("/api/admin/templates", { params: { query: { limit: 100, cursor } } })),
  );
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => { setMaking(true); }}>
          {t("add")}
        </Button>
      </PageHeader>
      <DataTable
        label={t("title")}
        columns={useColumns()}
        rowId={(row) => row.id}
        onOpen={(row) => void navigate(`/templates/${row.id}`)}
        empty={<EmptyState icon={IconFileText} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
      {making ? <NewTemplate framework={framework} onClose={() => { setMaking(false); }} /> : null}
    </PageBody>
  );
}

function useColumns(): ColumnDef<Template>[] {
  const { t } = useTranslation("templates");
  return useMemo(
    () => [
      { header: t("name"), cell: ({ row }) => <Text size="sm" fw={600}>{row.original.id}</Text> },
      { header: t("task"), size: 130, cell: ({ row }) => t(`tasks.${row.original.task}`, { defaultValue: row.original.task }) },
      {
        header: t("labels"),
        cell: ({ row }) => (
          <Group gap={4}>
            {Object.entries(row.original.labels).map(([label, version]) => (
              <Badge key={label} variant="default" tt="none">
                {t("label_of", { label, version: String(version) })}
              </Badge>
            ))}
          </Group>
        ),
      },
      { header: t("latest"), size: 100, accessorKey: "latest_version" },
      { header: t("updated"), size: 150, cell: ({ row }) => <Moment at={row.original.updated_at} /> },
    ],
    [t],
  );
}
