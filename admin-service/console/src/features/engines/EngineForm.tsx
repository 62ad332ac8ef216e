import {
  Button, Group, MultiSelect, NumberInput, PasswordInput, Select, SimpleGrid, Stack, Switch, TagsInput, TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ifMatch } from "@/shared/api/lists";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { GateRefusal } from "@/shared/gates/GateRefusal";
import { refusalOf } from "@/shared/gates/verdict";
import { confirm } from "@/shared/ui/confirm";
import { notifyDone, notifyProblem } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { APIS, bodyOf, CAPABILITIES, CLASSES, KINDS, valuesOf, type Values } from "./engine_values";
import { TestReport } from "./TestReport";

type Engine = Admin["EngineResponse"];

interface Props {
  engine: Engine | null;
  others: readonly string[];
  onClose: () => void;
}

export function EngineForm({ engine, others, onClose }: Props) {
  const { t } = useTranslation("engines");
  useTranslation("releases"); // there before a gate refuses: the form does not vanish while they come
  const queries = useQueryClient();
  const form = useForm({ initialValues: valuesOf(engine) });
  const [reason, setReason] = useState("");
  const path = { engine_id: engine?.id ?? "" };
  const changed = () => queries.invalidateQueries({ queryKey: ["engines"] });
  const save = useMutation({
    mutationFn: ({ id, ...values }: Values) =>
      engine === null
        ? dataOf(admin.POST("/api/admin/engines", { body: { id, ...bodyOf(values) } }))
        : dataOf(
            admin.PATCH("/api/admin/engines/{engine_id}", {
              params: { path, header: ifMatch(engine.version) },
              body: { ...bodyOf(values), overrule: reason.trim() || null },
            }),
          ),
    onSuccess: async () => {
      await changed();
      notifyDone(t("saved"));
      onClose();
    },
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  const test = useMutation({
    mutationFn: () => dataOf(admin.POST("/api/admin/engines/{engine_id}/test", { params: { path } })),
  });
  const remove = useMutation({
    mutationFn: () =>
      admin.DELETE("/api/admin/engines/{engine_id}", { params: { path, header: ifMatch(engine?.version ?? 0) } }),
    onSuccess: async () => {
      await changed();
      onClose();
    },
    onError: (error) => { notifyProblem(error, t); },
  });
  const refusal = refusalOf(save.error);
  return (
    <form onSubmit={form.onSubmit((values) => { save.mutate(values); })}>
      <Stack>
        {refusal ? <GateRefusal verdict={refusal} reason={reason} onReason={setReason} /> : <ProblemAlert problem={save.error ?? test.error} />}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={t("id")} description={t("id_text")} required disabled={engine !== null} {...form.getInputProps("id")} />
          <TextInput label={t("name")} description={t("name_text")} {...form.getInputProps("name")} />
          <Select label={t("kind")} allowDeselect={false} data={[...KINDS]} {...form.getInputProps("kind")} />
          <Select label={t("api")} allowDeselect={false} data={APIS.map((value) => ({ value, label: t(`apis.${value}`) }))} {...form.getInputProps("api")} />
        </SimpleGrid>
        <TextInput label={t("base_url")} description={t("base_url_text")} required {...form.getInputProps("base_url")} />
        <TextInput label={t("model")} description={t("model_text")} required {...form.getInputProps("model")} />
        <PasswordInput label={t("api_key")} description={engine?.has_api_key ? t("api_key_kept") : t("api_key_text")} autoComplete="off" {...form.getInputProps("api_key")} />
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <Select label={t("class")} allowDeselect={false} data={CLASSES.map((value) => ({ value, label: t(`classes.${value}`) }))} {...form.getInputProps("model_class")} />
          <NumberInput label={t("window")} min={512} thousandSeparator {...form.getInputProps("context_window")} />
          <NumberInput label={t("max_output")} min={1} thousandSeparator {...form.getInputProps("max_output_tokens")} />
          <NumberInput label={t("temperature")} min={0} max={2} step={0.1} placeholder={t("engine_decides")} {...form.getInputProps("temperature")} />
          <NumberInput label={t("max_concurrency")} min={1} placeholder={t("no_limit")} {...form.getInputProps("max_concurrency")} />
          <NumberInput label={t("max_queue")} min={0} {...form.getInputProps("max_queue")} />
        </SimpleGrid>
        <NumberInput label={t("weight")} description={t("weight_text")} min={0} step={0.1} {...form.getInputProps("weight")} />
        <TagsInput label={t("aliases")} description={t("aliases_text")} {...form.getInputProps("aliases")} />
        <MultiSelect label={t("capabilities")} data={[...CAPABILITIES]} {...form.getInputProps("capabilities")} />
        <MultiSelect label={t("fallbacks")} description={t("fallbacks_text")} data={others.filter((id) => id !== engine?.id)} {...form.getInputProps("fallbacks")} />
        <Switch label={t("enabled")} {...form.getInputProps("enabled", { type: "checkbox" })} />
        {test.data ? <TestReport report={test.data} /> : null}
        <Group justify="space-between">
          {engine ? (
            <Group gap="xs">
              <Button variant="default" loading={test.isPending} onClick={() => { test.mutate(); }}>
                {t("test")}
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  confirm({
                    title: t("remove"),
                    text: t("remove_text", { name: engine.name }),
                    confirm: t("common:action.delete"),
                    cancel: t("common:action.cancel"),
                    onConfirm: () => { remove.mutate(); },
                  });
                }}
              >
                {t("common:action.delete")}
              </Button>
            </Group>
          ) : <span />}
          <Button type="submit" loading={save.isPending}>
            {t("common:action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
