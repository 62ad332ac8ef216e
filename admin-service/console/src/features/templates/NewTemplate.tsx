import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { admin, dataOf } from "@/shared/api/client";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

const TASKS = ["spec", "direct", "answer", "modify", "chat"] as const;

export function NewTemplate({ framework, onClose }: { framework: string; onClose: () => void }) {
  const { t } = useTranslation("templates");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { framework, task: "spec" as (typeof TASKS)[number], name: "", content: "", note: "" },
  });
  const create = useMutation({
    mutationFn: (values: typeof form.values) =>
      dataOf(admin.POST("/api/admin/templates", { body: { ...values, name: values.name || null } })),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ["templates"] });
      onClose();
      await navigate(`/templates/${made.id}`);
    },
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={t("add")} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <form onSubmit={form.onSubmit((values) => { create.mutate(values); })}>
        <Stack>
          <ProblemAlert problem={create.error} />
          <Group grow>
            <TextInput label={t("framework")} required data-autofocus {...form.getInputProps("framework")} />
            <Select label={t("task")} allowDeselect={false} data={TASKS.map((value) => ({ value, label: t(`tasks.${value}`) }))} {...form.getInputProps("task")} />
          </Group>
          <TextInput label={t("name")} description={t("name_text")} {...form.getInputProps("name")} />
          <Textarea label={t("content")} description={t("content_text")} required autosize minRows={10} maxRows={24} ff="monospace" {...form.getInputProps("content")} />
          <TextInput label={t("note")} {...form.getInputProps("note")} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common:action.cancel")}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t("common:action.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
