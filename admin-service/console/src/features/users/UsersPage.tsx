/** Who may sign in, as what; invitations for those who don't yet. */

import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { IconMailPlus, IconSearch, IconUserPlus, IconUsers } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { useList } from "@/shared/api/lists";
import type { Role } from "@/shared/auth/session";
import { DataTable } from "@/shared/ui/DataTable";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Moment } from "@/shared/ui/Moment";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { StatusBadge } from "@/shared/ui/StatusBadge";

import { InviteModal } from "./InviteModal";
import { ROLES } from "./roles";
import { UserDrawer } from "./UserDrawer";
import { UserModal } from "./UserModal";

type User = Admin["UserResponse"];

export function Component() {
  const { t } = useTranslation("users");
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState<Role | null>(null);
  const [q] = useDebouncedValue(typed.trim(), 250);
  const [chosen, setChosen] = useState<User | null>(null);
  const [making, { open: make, close: made }] = useDisclosure();
  const [inviting, { open: invite, close: invited }] = useDisclosure();
  const list = useList(["users", { q, role }], (cursor) =>
    dataOf(admin.GET("/api/admin/users", { params: { query: { limit: 50, cursor, q: q || null, role } } })),
  );
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Button variant="default" leftSection={<IconMailPlus size={16} aria-hidden />} onClick={invite}>
          {t("invite")}
        </Button>
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={make}>
          {t("add")}
        </Button>
      </PageHeader>
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
          aria-label={t("role")}
          placeholder={t("any_role")}
          clearable
          data={ROLES.map((value) => ({ value, label: t(`common:role.${value}`) }))}
          value={role}
          onChange={(value) => { setRole(value as Role | null); }}
          w={160}
        />
      </Group>
      <DataTable
        label={t("title")}
        columns={useColumns()}
        rowId={(row) => row.id}
        onOpen={setChosen}
        empty={<EmptyState icon={IconUsers} title={t("empty")} text={t("empty_text")} />}
        {...list.table}
      />
      <UserModal opened={making} onClose={made} />
      <InviteModal opened={inviting} onClose={invited} />
      <UserDrawer user={chosen} onClose={() => { setChosen(null); }} />
    </PageBody>
  );
}

function useColumns(): ColumnDef<User>[] {
  const { t } = useTranslation("users");
  return useMemo(
    () => [
      { header: t("email"), accessorKey: "email" },
      { header: t("name"), accessorKey: "name" },
      { header: t("role"), size: 110, cell: ({ row }) => t(`common:role.${row.original.role}`) },
      {
        header: t("state"),
        size: 110,
        cell: ({ row }) => (
          <StatusBadge tone={row.original.disabled ? "bad" : "good"}>
            {row.original.disabled ? t("disabled") : t("active")}
          </StatusBadge>
        ),
      },
      {
        header: t("last_login"),
        size: 150,
        cell: ({ row }) => (row.original.last_login_at ? <Moment at={row.original.last_login_at} /> : "–"),
      },
    ],
    [t],
  );
}
