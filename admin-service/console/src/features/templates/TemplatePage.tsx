/** One template: its text, a new version, the diff of two, the labels. */

import { Anchor, Box, Button, Group, Select, Skeleton, Stack, Tabs, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ifMatch } from "@/shared/api/lists";
import { CodeDiff, CodeEditor } from "@/shared/ui/CodeEditor";
import { notifyDone } from "@/shared/ui/notify";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { Labels } from "./Labels";

type Template = Admin["TemplateDetailResponse"];
interface Path {
  framework: string;
  name: string;
}

export function Component() {
  const { framework = "", name = "" } = useParams();
  const template = useTemplate({ framework, name });
  const { t } = useTranslation("templates");
  return (
    <PageBody>
      <PageHeader title={`${framework}/${name}`} text={t("one_text")}>
        <Anchor component={Link} to="/templates" size="sm">
          {t("all")}
        </Anchor>
      </PageHeader>
      <ProblemAlert problem={template.error} onRetry={() => void template.refetch()} />
      {template.data ? (
        <TemplateView key={template.data.latest_version} template={template.data} path={{ framework, name }} />
      ) : template.isPending ? (
        <Skeleton height={400} />
      ) : null}
    </PageBody>
  );
}

function useTemplate(path: Path) {
  return useQuery({
    queryKey: ["templates", path],
    queryFn: () => dataOf(admin.GET("/api/admin/templates/{framework}/{name}", { params: { path } })),
  });
}

function TemplateView({ template, path }: { template: Template; path: Path }) {
  const { t } = useTranslation("templates");
  const queries = useQueryClient();
  const [text, setText] = useState(template.content);
  const [note, setNote] = useState("");
  const save = useMutation({
    mutationFn: () =>
      dataOf(
        admin.POST("/api/admin/templates/{framework}/{name}/versions", {
          params: { path, header: ifMatch(template.version) },
          body: { content: text, note, base_version: template.latest_version },
        }),
      ),
    onSuccess: async (made) => {
      notifyDone(t("saved", { version: made.latest_version }));
      await queries.invalidateQueries({ queryKey: ["templates"] });
    },
  });
  return (
    <Tabs defaultValue="text" keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="text">{t("content")}</Tabs.Tab>
        <Tabs.Tab value="diff">{t("compare")}</Tabs.Tab>
        <Tabs.Tab value="labels">{t("labels")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="text">
        <Stack>
          <ProblemAlert problem={save.error} />
          <Box h="55vh" style={{ border: "1px solid var(--mantine-color-default-border)", borderRadius: 8, overflow: "hidden" }}>
            <CodeEditor value={text} language="markdown" label={t("content")} onChange={setText} wrap />
          </Box>
          <Group align="flex-end">
            <TextInput label={t("note")} value={note} onChange={(event) => { setNote(event.currentTarget.value); }} flex={1} />
            <Button loading={save.isPending} disabled={text === template.content} onClick={() => { save.mutate(); }}>
              {t("save_version")}
            </Button>
          </Group>
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="diff">
        <Compare template={template} path={path} />
      </Tabs.Panel>
      <Tabs.Panel value="labels">
        <Labels template={template} path={path} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Compare({ template, path }: { template: Template; path: Path }) {
  const { t } = useTranslation("templates");
  const numbers = template.versions.map((item) => String(item.version));
  const [from, setFrom] = useState(numbers.at(1) ?? numbers[0] ?? "1");
  const [to, setTo] = useState(String(template.latest_version));
  const before = useVersion(path, from);
  const after = useVersion(path, to);
  return (
    <Stack>
      <Group>
        <Select label={t("from")} allowDeselect={false} data={numbers} value={from} onChange={(value) => { setFrom(value ?? from); }} w={120} />
        <Select label={t("to")} allowDeselect={false} data={numbers} value={to} onChange={(value) => { setTo(value ?? to); }} w={120} />
      </Group>
      <ProblemAlert problem={before.error ?? after.error} />
      {before.data && after.data ? (
        <Box h="55vh" key={`${from}-${to}`}>
          <CodeDiff before={before.data.content} after={after.data.content} language="markdown" label={t("compare")} />
        </Box>
      ) : (
        <Skeleton height={300} />
      )}
    </Stack>
  );
}

function useVersion(path: Path, version: string) {
  return useQuery({
    queryKey: ["template-version", path, version],
    queryFn: () =>
      dataOf(
        admin.GET("/api/admin/templates/{framework}/{name}/versions/{version}", {
          params: { path: { ...path, version: Number(version) } },
        }),
      ),
    staleTime: Infinity,
  });
}
