/** A session's own settings: model, temperature, length, system prompt, knowledge. */

import { Button, Drawer, Group, NumberInput, Select, Slider, Stack, Switch, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { dataOf, gateway } from "@/shared/api/client";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { notifyDone } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { Session } from "./SessionList";

interface Props {
  session: Session;
  opened: boolean;
  onClose: () => void;
}

export function SettingsDrawer({ session, opened, onClose }: Props) {
  const { t } = useTranslation("chat");
  const queries = useQueryClient();
  const models = useQuery({ queryKey: ["models"], queryFn: () => dataOf(gateway.GET("/api/llm/models")), enabled: opened });
  const form = useForm({
    initialValues: {
      model: session.model ?? null,
      temperature: session.temperature ?? 0.7,
      max_tokens: session.max_tokens ?? 512,
      system_prompt: session.system_prompt ?? "",
      use_knowledge: session.use_knowledge ?? false,
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      dataOf(
        gateway.PATCH("/api/sessions/{session_id}", {
          params: { path: { session_id: session.id } },
          body: { ...values, system_prompt: values.system_prompt.trim() },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      notifyDone(t("settings_saved"));
      onClose();
    },
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  return (
    <Drawer opened={opened} onClose={onClose} position="right" title={t("settings")} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <form noValidate onSubmit={form.onSubmit((values) => { save.mutate(values); })}>
        <Stack gap="lg">
          <ProblemAlert problem={save.error} />
          <Select
            label={t("model")}
            placeholder={t("model_default")}
            clearable
            data={models.data?.models.map(({ id, model }) => ({ value: id, label: id === model ? id : `${id} · ${model ?? ""}` })) ?? []}
            {...form.getInputProps("model")}
          />
          <div>
            <Text size="sm" fw={500} id="temperature" mb={6}>
              {t("temperature")}
            </Text>
            <Slider
              min={0}
              max={2}
              step={0.1}
              thumbProps={{ "aria-labelledby": "temperature" }}
              marks={[{ value: 0, label: t("exact") }, { value: 2, label: t("free") }]}
              mb="lg"
              mx={22}
              {...form.getInputProps("temperature")}
            />
          </div>
          <NumberInput label={t("max_tokens")} min={1} max={131_072} allowDecimal={false} {...form.getInputProps("max_tokens")} />
          <Textarea label={t("system_prompt")} autosize minRows={4} maxRows={14} {...form.getInputProps("system_prompt")} />
          <Switch
            label={t("use_knowledge")}
            description={t("use_knowledge_text")}
            {...form.getInputProps("use_knowledge", { type: "checkbox" })}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common:action.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t("common:action.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
