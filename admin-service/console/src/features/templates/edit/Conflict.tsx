/** Somebody else saved a version meanwhile: who, when, and how it differs from the text here, which stays untouched. */

import { Alert, Box, Button, Group, List, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconGitMerge } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";
import { CodeDiff } from "@/shared/ui/CodeEditor";
import { confirm } from "@/shared/ui/confirm";
import { Moment } from "@/shared/ui/Moment";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { Draft, Overtaken, TemplatePath } from "./useDraft";

export function Conflict({ overtaken, draft, path }: { overtaken: Overtaken; draft: Draft; path: TemplatePath }) {
  const { t } = useTranslation("templates");
  const other = useQuery({
    queryKey: ["template-version", path, String(overtaken.latest)],
    queryFn: () =>
      dataOf(
        admin.GET("/api/admin/templates/{framework}/{name}/versions/{version}", {
          params: { path: { ...path, version: overtaken.latest } },
        }),
      ),
    staleTime: Infinity,
  });
  const take = () => {
    confirm({
      title: t("conflict.take"),
      text: t("conflict.take_text"),
      confirm: t("conflict.take"),
      cancel: t("common:action.cancel"),
      onConfirm: () => { draft.take(overtaken.latest, other.data?.content ?? ""); },
    });
  };
  return (
    <Alert
      role="alert"
      variant="light"
      color="yellow"
      icon={<IconGitMerge />}
      title={t("conflict.title", { version: overtaken.latest })}
      styles={{ root: { background: "var(--fw-warn-ground)" }, title: { color: "var(--fw-warn-text)" }, icon: { color: "var(--fw-warn-text)" } }}
    >
      <Stack gap="sm">
        <Text size="sm">{t("conflict.text", { version: draft.base.version })}</Text>
        <List size="sm">
          {overtaken.since.map((one) => (
            <List.Item key={one.version}>
              {t("version")} {one.version} · {one.created_by_name} · <Moment at={one.created_at} />
              {one.note ? ` · ${one.note}` : ""}
            </List.Item>
          ))}
        </List>
        <ProblemAlert problem={other.error} onRetry={() => void other.refetch()} />
        <Text size="sm" fw={600}>{t("conflict.diff", { version: overtaken.latest })}</Text>
        <Box h={260} style={{ border: "1px solid var(--mantine-color-default-border)", borderRadius: 8, overflow: "hidden", background: "var(--fw-surface)" }}>
          {other.data ? (
            <CodeDiff before={other.data.content} after={draft.text} language="markdown" label={t("conflict.diff", { version: overtaken.latest })} />
          ) : (
            <Skeleton height="100%" />
          )}
        </Box>
        <Group>
          <Button loading={draft.saving} onClick={() => { draft.saveOnto(overtaken.latest); }}>{t("conflict.save_onto", { version: overtaken.latest })}</Button>
          <Button variant="default" disabled={!other.data} onClick={take}>{t("conflict.take")}</Button>
          <Button variant="subtle" color="gray" onClick={draft.dismiss}>{t("conflict.write_on")}</Button>
        </Group>
      </Stack>
    </Alert>
  );
}
