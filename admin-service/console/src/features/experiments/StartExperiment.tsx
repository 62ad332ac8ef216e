/** Two arms by weight: what is in production, and what is tried in its place. */

import { Button, Fieldset, Group, Modal, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { admin, dataOf } from "@/shared/api/client";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

interface ArmFields {
  name: string;
  weight: number;
  engine: string | null;
  template: string | null;
  version: number;
}
interface Fields {
  name: string;
  sticky: "user" | "session";
  planned_units: number;
  arms: ArmFields[];
}
const NEW: Fields = {
  name: "",
  sticky: "user",
  planned_units: 20,
  arms: [
    { name: "control", weight: 9, engine: null, template: null, version: 1 },
    { name: "new", weight: 1, engine: null, template: null, version: 1 },
  ],
};

export function StartExperiment({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("experiments");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm<Fields>({ initialValues: NEW });
  const start = useMutation({
    mutationFn: (fields: Fields) =>
      dataOf(admin.POST("/api/admin/experiments", { body: { ...fields, arms: fields.arms.map(armOf) } })),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ["experiments"] });
      void navigate(`/experiments/${made.id}`);
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("start")} size="lg" closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <form onSubmit={form.onSubmit((fields) => { start.mutate(fields); })}>
        <Stack>
          <ProblemAlert problem={start.error} />
          <TextInput label={t("name")} {...form.getInputProps("name")} />
          <Select
            label={t("sticky")}
            description={t("sticky_text")}
            allowDeselect={false}
            data={(["user", "session"] as const).map((value) => ({ value, label: t(`stickies.${value}`) }))}
            {...form.getInputProps("sticky")}
          />
          <NumberInput label={t("planned")} description={t("planned_text")} min={5} max={10000} allowDecimal={false} required {...form.getInputProps("planned_units")} />
          {form.values.arms.map((arm, number) => (
            <ArmInputs key={number.toString()} form={form} number={number} arm={arm} />
          ))}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("common:action.cancel")}</Button>
            <Button type="submit" loading={start.isPending}>{t("start")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function ArmInputs({ form, number, arm }: { form: UseFormReturnType<Fields>; number: number; arm: ArmFields }) {
  const { t } = useTranslation("experiments");
  const engines = useQuery({
    queryKey: ["engines", "names"],
    queryFn: async () => (await dataOf(admin.GET("/api/admin/engines", { params: { query: { limit: 200 } } }))).items,
  });
  const templates = useQuery({
    queryKey: ["templates", "names"],
    queryFn: async () => (await dataOf(admin.GET("/api/admin/templates", { params: { query: { limit: 200 } } }))).items,
  });
  const path = `arms.${number.toString()}`;
  return (
    <Fieldset legend={t(number === 0 ? "control" : "challenger")}>
      <Group grow align="flex-start">
        <TextInput label={t("arm_name")} required {...form.getInputProps(`${path}.name`)} />
        <NumberInput label={t("weight")} min={0.1} max={1000} required {...form.getInputProps(`${path}.weight`)} />
      </Group>
      <Select mt="xs" label={t("engine")} placeholder={t("production")} clearable data={(engines.data ?? []).map((item) => item.id)} {...form.getInputProps(`${path}.engine`)} />
      <Group grow align="flex-start" mt="xs">
        <Select label={t("template")} placeholder={t("production")} clearable data={(templates.data ?? []).map((item) => item.id)} {...form.getInputProps(`${path}.template`)} />
        <NumberInput label={t("version")} description={t("version_text")} min={0} disabled={arm.template === null} {...form.getInputProps(`${path}.version`)} />
      </Group>
    </Fieldset>
  );
}

function armOf({ name, weight, engine, template, version }: ArmFields) {
  return { name, weight, engine, templates: template === null ? {} : { [template]: version } };
}
