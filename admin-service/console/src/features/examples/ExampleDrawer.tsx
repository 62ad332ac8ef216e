/** One accepted screen: its picture, what a person changed in it, and the decision. */

import { Alert, Code, Drawer, Stack, Tabs, Text, useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { PageLoading } from "@/shared/ui/PageLoading";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { Decision } from "./Decision";
import classes from "./examples.module.css";

type Example = Admin["ExampleResponse"];

export function ExampleDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation("examples");
  const path = { generation_id: id ?? "" };
  const found = useQuery({
    queryKey: ["example", id],
    enabled: id !== null,
    queryFn: () => dataOf(admin.GET("/api/admin/examples/{generation_id}", { params: { path } })),
  });
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="xl"
      title={found.data?.title ?? t("title")}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      {found.error ? <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isLoading ? <PageLoading /> : null}
      {found.data ? <Shown key={found.data.generation_id} example={found.data} onDone={onClose} /> : null}
    </Drawer>
  );
}

function Shown({ example, onDone }: { example: Example; onDone: () => void }) {
  const { t } = useTranslation("examples");
  const scrubbed = Object.values(example.scrubbed).reduce((sum, count) => sum + count, 0);
  return (
    <Stack>
      <Text size="sm">{example.prompt}</Text>
      {example.comment ? <Text size="sm" c="dimmed">{t("comment", { comment: example.comment })}</Text> : null}
      {scrubbed > 0 ? <Text size="xs" c="dimmed">{t("scrubbed", { count: scrubbed })}</Text> : null}
      {example.consent ? null : <Alert color="yellow" title={t("no_consent")}>{t("no_consent_text")}</Alert>}
      <Tabs defaultValue="picture" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="picture">{t("picture")}</Tabs.Tab>
          <Tabs.Tab value="changes">{t("changes")}</Tabs.Tab>
          <Tabs.Tab value="files">{t("files")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="picture" pt="sm">
          <Picture example={example} />
        </Tabs.Panel>
        <Tabs.Panel value="changes" pt="sm">
          <Texts files={example.files} part="diff" empty={t("unchanged")} />
        </Tabs.Panel>
        <Tabs.Panel value="files" pt="sm">
          <Texts files={example.files} part="content" empty="" />
        </Tabs.Panel>
      </Tabs>
      <Decision example={example} onDone={onDone} />
    </Stack>
  );
}

function Picture({ example }: { example: Example }) {
  const { t } = useTranslation("examples");
  const theme = useComputedColorScheme("light");
  if (!example.spec) return <Text size="sm" c="dimmed">{t("no_picture")}</Text>;
  return (
    <iframe
      className={classes.picture}
      title={t("picture")}
      sandbox=""
      src={`/api/admin/examples/${example.generation_id}/preview?theme=${theme}`}
    />
  );
}

function Texts({ files, part, empty }: { files: Example["files"]; part: "diff" | "content"; empty: string }) {
  const shown = files.filter((file) => file[part] !== "");
  if (shown.length === 0) return <Text size="sm" c="dimmed">{empty}</Text>;
  return (
    <Stack gap="xs">
      {shown.map((file) => (
        <div key={file.path}>
          <Text size="xs" fw={600}>{file.path}</Text>
          <Code block className={classes.text} tabIndex={0}>{file[part]}</Code>
        </div>
      ))}
    </Stack>
  );
}
