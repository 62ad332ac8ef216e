/** The text in its editor, saved as a new version; and what to do when somebody else was faster. */

import { Box, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { CodeEditor } from "@/shared/ui/CodeEditor";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { Conflict } from "./Conflict";
import type { Draft, TemplatePath } from "./useDraft";

export function TextPanel({ draft, path }: { draft: Draft; path: TemplatePath }) {
  const { t } = useTranslation("templates");
  return (
    <Stack>
      <ProblemAlert problem={draft.problem} />
      {draft.overtaken ? <Conflict overtaken={draft.overtaken} draft={draft} path={path} /> : null}
      <Box h="55vh" style={{ border: "1px solid var(--mantine-color-default-border)", borderRadius: 8, overflow: "hidden" }}>
        <CodeEditor value={draft.text} language="markdown" label={t("content")} onChange={draft.setText} wrap />
      </Box>
      <Group align="flex-end">
        <TextInput label={t("note")} value={draft.note} onChange={(event) => { draft.setNote(event.currentTarget.value); }} flex="1 1 220px" />
        <Text size="sm" c="dimmed" pb={8}>{t(draft.changed ? "written_on" : "unchanged", { version: draft.base.version })}</Text>
        <Button loading={draft.saving} disabled={!draft.changed || draft.overtaken !== null} onClick={draft.save}>
          {t("save_version")}
        </Button>
      </Group>
    </Stack>
  );
}
