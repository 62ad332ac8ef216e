/** A trial of the text as it stands in the editor: the prompt that it makes of a sample, and what an engine answers. */

import { Alert, Button, Group, Select, SimpleGrid, Stack, Switch, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, gateway } from "@/shared/api/client";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { TemplatePath } from "../edit/useDraft";
import { Answer } from "./Answer";
import { PromptView } from "./PromptView";
import { fault, firstSample, orderOf, PATTERNS, type Sample } from "./sample";
import { useTrial } from "./useTrial";

interface Props {
  path: TemplatePath;
  task: string;
  content: string;
  unsaved: boolean;
}

export function TryOut({ path, task, content, unsaved }: Props) {
  const { t, i18n } = useTranslation("templates");
  const [sample, setSample] = useState(() => firstSample(i18n.language));
  const [engine, setEngine] = useState<string | null>(null);
  const engines = useQuery({ queryKey: ["models"], queryFn: () => dataOf(gateway.GET("/api/llm/models")), staleTime: 30_000 });
  const { trial, run, stop } = useTrial(path);
  const render = useMutation({
    mutationFn: () =>
      dataOf(admin.POST("/api/admin/templates/{framework}/{name}/prompt", { params: { path }, body: orderOf(sample, task, content, engine) })),
  });
  const wrong = fault(sample.variables);
  const unfit = wrong !== null || !sample.prompt.trim() || !content.trim();
  const prompt = trial.prompt ?? render.data ?? null;
  return (
    <Stack>
      <Text size="sm" c="dimmed">{t("trial.text")}</Text>
      {unsaved ? <Alert role="note" color="gray" variant="light" styles={{ message: { color: "var(--mantine-color-text)" } }}>{t("trial.unsaved")}</Alert> : null}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Variables sample={sample} onChange={(part) => { setSample((before) => ({ ...before, ...part })); }} wrong={wrong} />
        <Stack>
          <Select
            label={t("trial.engine")}
            description={t("trial.engine_text")}
            placeholder={t("trial.choose")}
            clearable
            data={engines.data?.models.map(({ id, model }) => ({ value: id, label: id === model ? id : `${id} · ${model ?? ""}` })) ?? []}
            value={engine}
            onChange={setEngine}
          />
          <Group>
            <Button variant="default" loading={render.isPending} disabled={unfit || trial.running} onClick={() => { render.mutate(); }}>{t("trial.render")}</Button>
            {trial.running ? (
              <Button color="red.9" onClick={stop}>{t("trial.stop")}</Button>
            ) : (
              <Button disabled={unfit || engine === null} onClick={() => { run(orderOf(sample, task, content, engine)); }}>{t("trial.send")}</Button>
            )}
          </Group>
          <ProblemAlert problem={render.error} />
          <Answer trial={trial} />
        </Stack>
      </SimpleGrid>
      {prompt ? <PromptView prompt={prompt} /> : null}
    </Stack>
  );
}

function Variables({ sample, onChange, wrong }: { sample: Sample; onChange: (part: Partial<Sample>) => void; wrong: string | null }) {
  const { t } = useTranslation("templates");
  return (
    <Stack>
      <Textarea label={t("trial.prompt")} required autosize minRows={2} maxRows={6} value={sample.prompt} onChange={(event) => { onChange({ prompt: event.currentTarget.value }); }} />
      <Group grow>
        <Select
          label={t("trial.language")}
          allowDeselect={false}
          data={[{ value: "ko", label: "한국어" }, { value: "en", label: "English" }]}
          value={sample.language}
          onChange={(value) => { onChange({ language: value === "en" ? "en" : "ko" }); }}
        />
        <Select label={t("trial.pattern")} clearable placeholder={t("none")} data={[...PATTERNS]} value={sample.pattern} onChange={(pattern) => { onChange({ pattern }); }} />
      </Group>
      <Textarea
        label={t("trial.variables")}
        description={t("trial.variables_text")}
        error={wrong ? t(`trial.wrong.${wrong}`) : null}
        autosize
        minRows={6}
        maxRows={14}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12.5 } }}
        value={sample.variables}
        onChange={(event) => { onChange({ variables: event.currentTarget.value }); }}
      />
      <Switch label={t("trial.knowledge")} checked={sample.knowledge} onChange={(event) => { onChange({ knowledge: event.currentTarget.checked }); }} />
    </Stack>
  );
}
