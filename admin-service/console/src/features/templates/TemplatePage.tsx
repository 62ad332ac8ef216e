/** One template: its text, a trial of it, the diff of two versions, the labels. */

import { Anchor, Skeleton, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { Compare } from "./edit/Compare";
import { TextPanel } from "./edit/TextPanel";
import { useDraft, type TemplatePath } from "./edit/useDraft";
import { Labels } from "./Labels";
import { TryOut } from "./trial/TryOut";

export function Component() {
  const { framework = "", name = "" } = useParams();
  const path = { framework, name };
  const template = useQuery({
    queryKey: ["templates", path],
    queryFn: () => dataOf(admin.GET("/api/admin/templates/{framework}/{name}", { params: { path } })),
  });
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
        <TemplateView key={template.data.id} template={template.data} path={path} />
      ) : template.isPending ? (
        <Skeleton height={400} />
      ) : null}
    </PageBody>
  );
}

function TemplateView({ template, path }: { template: Admin["TemplateDetailResponse"]; path: TemplatePath }) {
  const { t } = useTranslation("templates");
  const draft = useDraft(template, path);
  return (
    <Tabs defaultValue="text" keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="text">{t("content")}</Tabs.Tab>
        <Tabs.Tab value="trial">{t("trial.title")}</Tabs.Tab>
        <Tabs.Tab value="diff">{t("compare")}</Tabs.Tab>
        <Tabs.Tab value="labels">{t("labels")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="text">
        <TextPanel draft={draft} path={path} />
      </Tabs.Panel>
      <Tabs.Panel value="trial">
        <TryOut path={path} task={template.task} content={draft.text} unsaved={draft.changed} />
      </Tabs.Panel>
      <Tabs.Panel value="diff">
        <Compare key={template.latest_version} template={template} path={path} />
      </Tabs.Panel>
      <Tabs.Panel value="labels">
        <Labels key={template.version} template={template} path={path} />
      </Tabs.Panel>
    </Tabs>
  );
}
