/** One entry, written in Markdown beside what it looks like; its earlier versions, to go back to. */

import { Button, Drawer, Group, Select, SimpleGrid, Stack, Switch, TagsInput, Textarea, TextInput, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ifMatch } from "@/shared/api/lists";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { confirm } from "@/shared/ui/confirm";
import { Markdown } from "@/shared/ui/Markdown";
import { notifyDone, notifyProblem } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { useFrameworks } from "./frameworks";
import { KINDS } from "./kinds";
import { Versions } from "./Versions";

type Entry = Admin["KnowledgeResponse"];

export function EntryDrawer({ entry, onClose }: { entry: Entry | "new" | null; onClose: () => void }) {
  const { t } = useTranslation("knowledge");
  const { standard } = useFrameworks();
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      position="right"
      size="xl"
      title={entry === "new" ? t("add") : entry?.title}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      {entry === null ? null : (
        <EntryForm key={entry === "new" ? "new" : `${entry.id}-${String(entry.version)}`} entry={entry === "new" ? null : entry} framework={standard} onClose={onClose} />
      )}
    </Drawer>
  );
}

function EntryForm({ entry, framework, onClose }: { entry: Entry | null; framework: string; onClose: () => void }) {
  const { t } = useTranslation("knowledge");
  const queries = useQueryClient();
  const form = useForm({
    initialValues: {
      framework: entry?.framework ?? framework,
      kind: entry?.kind ?? "rule",
      title: entry?.title ?? "",
      text: entry?.text ?? "",
      aliases: entry?.aliases ?? [],
      tags: entry?.tags ?? [],
      source: entry?.source ?? "",
      enabled: entry?.enabled ?? true,
    },
  });
  const path = { entry_id: entry?.id ?? "" };
  const changed = async () => {
    await queries.invalidateQueries({ queryKey: ["knowledge"] });
    onClose();
  };
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      entry === null
        ? dataOf(admin.POST("/api/admin/knowledge", { body: values }))
        : dataOf(
            admin.PATCH("/api/admin/knowledge/{entry_id}", { params: { path, header: ifMatch(entry.version) }, body: values }),
          ),
    onSuccess: async () => {
      notifyDone(t("saved"));
      await changed();
    },
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  const remove = useMutation({
    mutationFn: () =>
      admin.DELETE("/api/admin/knowledge/{entry_id}", { params: { path, header: ifMatch(entry?.version ?? 0) } }),
    onSuccess: changed,
    onError: (error) => { notifyProblem(error, t); },
  });
  return (
    <form onSubmit={form.onSubmit((values) => { save.mutate(values); })}>
      <Stack>
        <ProblemAlert problem={save.error} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={t("framework")} required {...form.getInputProps("framework")} />
          <Select label={t("kind")} allowDeselect={false} data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))} {...form.getInputProps("kind")} />
        </SimpleGrid>
        <TextInput label={t("entry_title")} required {...form.getInputProps("title")} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Textarea label={t("body")} description={t("body_text")} required autosize minRows={8} maxRows={24} {...form.getInputProps("text")} />
          <Stack gap={4}>
            <Text size="sm" fw={500}>
              {t("preview")}
            </Text>
            <Markdown text={form.values.text} />
          </Stack>
        </SimpleGrid>
        <TagsInput label={t("aliases")} description={t("aliases_text")} {...form.getInputProps("aliases")} />
        <TagsInput label={t("tags")} {...form.getInputProps("tags")} />
        <TextInput label={t("source")} {...form.getInputProps("source")} />
        <Switch label={t("enabled")} {...form.getInputProps("enabled", { type: "checkbox" })} />
        <Group justify="space-between">
          {entry ? (
            <Button
              variant="default"
              onClick={() => {
                confirm({
                  title: t("remove"),
                  text: t("remove_text", { title: entry.title }),
                  confirm: t("common:action.delete"),
                  cancel: t("common:action.cancel"),
                  onConfirm: () => { remove.mutate(); },
                });
              }}
            >
              {t("common:action.delete")}
            </Button>
          ) : <span />}
          <Button type="submit" loading={save.isPending}>
            {t("common:action.save")}
          </Button>
        </Group>
        {entry ? <Versions entry={entry} onRestored={() => void changed()} /> : null}
      </Stack>
    </form>
  );
}
