/** API keys of programs: what they may do, until when, when they were last used. */

import { Badge, Button, Group, Modal, MultiSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { confirm } from "@/shared/ui/confirm";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { notifyProblem } from "@/shared/ui/notify";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { Secret } from "@/shared/ui/Secret";

type Key = Admin["KeyResponse"];
const SCOPES = ["generate", "search", "patch", "chat", "admin"] as const;
const DAY_MS = 86_400_000;

export function Component() {
  const { t } = useTranslation("keys");
  const [making, { open, close }] = useDisclosure();
  const list = useList(["keys"], (cursor) =>
    dataOf(admin.GET("/api/admin/keys", { params: { query: { limit: 100, cursor } } })),
  );
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
          {t("add")}
        </Button>
      </PageHeader>
      <DataTable
        label={t("title")}
        columns={useColumns()}
        rowId={(row) => row.id}
        empty={<EmptyState icon={IconKey} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
      <NewKey opened={making} onClose={close} />
    </PageBody>
  );
}

function useColumns(): ColumnDef<Key>[] {
  const { t } = useTranslation("keys");
  return useMemo(
    () => [
      { header: t("name"), accessorKey: "name" },
      {
        header: t("scopes"),
        cell: ({ row }) => (
          <Group gap={4}>
            {row.original.scopes.length === 0 ? t("no_limits") : null}
            {row.original.scopes.map((scope) => (
              <Badge key={scope} variant="default" tt="none">
                {scope}
              </Badge>
            ))}
          </Group>
        ),
      },
      { header: t("expires"), size: 150, cell: ({ row }) => (row.original.expires_at ? <Moment at={row.original.expires_at} /> : t("never")) },
      { header: t("last_used"), size: 150, cell: ({ row }) => (row.original.last_used_at ? <Moment at={row.original.last_used_at} /> : "–") },
      { header: "", id: "revoke", size: 110, cell: ({ row }) => <Revoke item={row.original} /> },
    ],
    [t],
  );
}

function Revoke({ item }: { item: Key }) {
  const { t } = useTranslation("keys");
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => admin.DELETE("/api/admin/keys/{key_id}", { params: { path: { key_id: item.id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["keys"] }),
    onError: (error) => { notifyProblem(error, t); },
  });
  if (item.revoked_at) return <>{t("revoked")}</>;
  return (
    <Button
      size="xs"
      variant="default"
      loading={revoke.isPending}
      onClick={() => {
        confirm({
          title: t("revoke"),
          text: t("revoke_text", { name: item.name }),
          confirm: t("revoke"),
          cancel: t("common:action.cancel"),
          onConfirm: () => { revoke.mutate(); },
        });
      }}
    >
      {t("revoke")}
    </Button>
  );
}

function NewKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("keys");
  const queries = useQueryClient();
  const form = useForm({ initialValues: { name: "", scopes: ["generate"] as string[], days: 90 as number | "" } });
  const create = useMutation({
    mutationFn: (values: typeof form.values) =>
      dataOf(
        admin.POST("/api/admin/keys", {
          body: {
            name: values.name,
            scopes: values.scopes,
            expires_at: values.days === "" ? null : new Date(Date.now() + values.days * DAY_MS).toISOString(),
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["keys"] }),
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  const close = () => {
    form.reset();
    create.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={t("add")} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      {create.data ? (
        <Stack>
          <Secret label={t("made")} value={create.data.api_key} />
          <Button onClick={close}>{t("common:action.close")}</Button>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((values) => { create.mutate(values); })}>
          <Stack>
            <ProblemAlert problem={create.error} />
            <TextInput label={t("name")} description={t("name_text")} required data-autofocus {...form.getInputProps("name")} />
            <MultiSelect label={t("scopes")} description={t("scopes_text")} data={[...SCOPES]} {...form.getInputProps("scopes")} />
            <NumberInput label={t("days")} description={t("days_text")} min={1} max={3650} {...form.getInputProps("days")} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t("common:action.cancel")}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t("common:action.add")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
