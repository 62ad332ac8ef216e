/** What is in production and by which verdict, the newest first; putting something in, overruling the gate, and the way back. */

import { Button, Group, Text } from "@mantine/core";
import { IconRosetteDiscountCheck } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { StatusBadge } from "@/shared/ui/StatusBadge";

import { PutIntoProduction } from "./PutIntoProduction";
import { ReleaseDrawer } from "./ReleaseDrawer";
import { shown, toneOf, verdictOf, type Release } from "./verdicts";

export function Component() {
  const { t } = useTranslation("releases");
  const [open, setOpen] = useState<Release | null>(null);
  const [putting, setPutting] = useState<"engine" | "pack" | null>(null);
  const list = useList(["releases"], (cursor) =>
    dataOf(admin.GET("/api/admin/releases", { params: { query: { limit: 50, cursor } } })),
  );
  const newest = open !== null && list.rows?.find((row) => row.kind === open.kind && row.subject === open.subject)?.id === open.id;
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Group gap="xs">
          <Button variant="default" onClick={() => { setPutting("engine"); }}>{t("put_engine")}</Button>
          <Button variant="default" onClick={() => { setPutting("pack"); }}>{t("put_pack")}</Button>
        </Group>
      </PageHeader>
      <DataTable
        label={t("title")}
        columns={useColumns()}
        rowId={(row) => row.id}
        onOpen={setOpen}
        empty={<EmptyState icon={IconRosetteDiscountCheck} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
      {open ? <ReleaseDrawer release={open} newest={newest} onClose={() => { setOpen(null); }} /> : null}
      {putting ? <PutIntoProduction kind={putting} onClose={() => { setPutting(null); }} /> : null}
    </PageBody>
  );
}

function useColumns(): ColumnDef<Release>[] {
  const { t } = useTranslation("releases");
  return useMemo(
    () => [
      { header: t("kind"), size: 110, cell: ({ row }) => t(`kinds.${row.original.kind}`) },
      { header: t("subject"), cell: ({ row }) => <Text size="sm" fw={600}>{row.original.subject}</Text> },
      { header: t("value"), size: 150, cell: ({ row }) => shown(row.original.kind, row.original.value) || t("packs_own") },
      {
        header: t("verdict"),
        size: 230,
        cell: ({ row }) => (
          <StatusBadge tone={toneOf(row.original)}>
            {row.original.overruled ? t("overruled") : t(`reasons.${verdictOf(row.original).reason}`)}
          </StatusBadge>
        ),
      },
      { header: t("at"), size: 160, cell: ({ row }) => <Moment at={row.original.released_at} /> },
    ],
    [t],
  );
}
