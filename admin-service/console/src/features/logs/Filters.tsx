/** What of the log is looked at, and the same as a file. */

import { Button, Checkbox, Group, Menu, Select, TextInput } from "@mantine/core";
import { IconChevronDown, IconDownload, IconFilterOff, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";

import { isEmpty, NOTHING, queryOf, type LogFilter } from "./filter";
import { KINDS, STATUSES } from "./records";

interface Props {
  filter: LogFilter;
  onChange: (filter: LogFilter) => void;
}

export function Filters({ filter, onChange }: Props) {
  const { t } = useTranslation("logs");
  const engines = useQuery({
    queryKey: ["engines", "all"],
    queryFn: () => dataOf(admin.GET("/api/admin/engines", { params: { query: { limit: 200 } } })),
  });
  const names = [...new Set(["builtin", ...(engines.data?.items ?? []).map((engine) => engine.id)])];
  const set = (changed: Partial<LogFilter>) => { onChange({ ...filter, ...changed }); };
  return (
    <Group mb="md" gap="sm" align="flex-end">
      <TextInput
        aria-label={t("search")}
        placeholder={t("search")}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter.q}
        onChange={(event) => { set({ q: event.currentTarget.value }); }}
        flex="1 1 260px"
        maw={420}
      />
      <Select
        aria-label={t("status")}
        placeholder={t("any_status")}
        clearable
        data={STATUSES.map((value) => ({ value, label: t(`common:status.${value}`) }))}
        value={filter.status}
        onChange={(status) => { set({ status }); }}
        w={150}
      />
      <Select
        aria-label={t("kind")}
        placeholder={t("any_kind")}
        clearable
        data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={filter.kind}
        onChange={(kind) => { set({ kind }); }}
        w={150}
      />
      <Select
        aria-label={t("engine")}
        placeholder={t("any_engine")}
        clearable
        searchable
        data={names}
        value={filter.engine}
        onChange={(engine) => { set({ engine }); }}
        w={170}
      />
      <TextInput type="date" label={t("from")} value={filter.first} max={filter.last || undefined} onChange={(event) => { set({ first: event.currentTarget.value }); }} />
      <TextInput type="date" label={t("to")} value={filter.last} min={filter.first || undefined} onChange={(event) => { set({ last: event.currentTarget.value }); }} />
      <Checkbox label={t("only_degraded")} checked={filter.degraded} onChange={(event) => { set({ degraded: event.currentTarget.checked }); }} pb={8} />
      <Group gap="xs" ml="auto">
        {isEmpty(filter) ? null : (
          <Button variant="subtle" color="gray" leftSection={<IconFilterOff size={16} aria-hidden />} onClick={() => { onChange(NOTHING); }}>
            {t("clear")}
          </Button>
        )}
        <Export filter={filter} />
      </Group>
    </Group>
  );
}

function Export({ filter }: { filter: LogFilter }) {
  const { t } = useTranslation("logs");
  const link = (format: string) => {
    const given = Object.entries({ ...queryOf(filter), format }).filter(([, value]) => value !== null);
    return `/api/admin/generations/export?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />}>
          {t("export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={link("csv")} download>{t("export_csv")}</Menu.Item>
        <Menu.Item component="a" href={link("jsonl")} download>{t("export_jsonl")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
