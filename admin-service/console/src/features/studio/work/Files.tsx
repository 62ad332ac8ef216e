/** The files in tabs, what was mended and what is still wrong marked in place. */

import { Badge, Button, Group, ScrollArea, Tabs, Text, UnstyledButton } from "@mantine/core";
import { IconFileCode } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { CodeEditor, type Mark } from "@/shared/ui/CodeEditor";
import { CopyButton } from "@/shared/ui/CopyButton";

import type { File } from "../run/events";
import classes from "./workbench.module.css";

interface Props {
  files: readonly File[];
  edits: Readonly<Record<string, string>>;
  onEdit: (path: string, text: string) => void;
}

export function Files({ files, edits, onEdit }: Props) {
  const { t } = useTranslation("studio");
  const [chosen, setChosen] = useState<string | null>(null);
  const file = files.find((one) => one.path === chosen) ?? files[0];
  if (!file) return null;
  return (
    <Tabs value={file.path} onChange={setChosen} className={classes.files} keepMounted={false}>
      <ScrollArea type="never" className={classes.tabs}>
        <Tabs.List className={classes.tabList} aria-label={t("files")}>
          {files.map((one) => (
            <Tabs.Tab key={one.path} value={one.path} leftSection={<IconFileCode size={15} aria-hidden />} rightSection={<Count file={one} />}>
              {one.path.split("/").at(-1)}
              {edits[one.path] === undefined ? "" : " ●"}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </ScrollArea>
      {files.map((one) => (
        <Tabs.Panel key={one.path} value={one.path} className={classes.panel}>
          <OneFile file={one} text={edits[one.path]} onEdit={(text) => { onEdit(one.path, text); }} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Count({ file }: { file: File }) {
  const { t } = useTranslation("studio");
  const errors = file.diagnostics.filter((one) => one.severity === "error").length;
  const others = file.diagnostics.length - errors + file.fixes.length;
  if (errors + others === 0) return null;
  return (
    <Badge size="sm" radius="sm" color={errors > 0 ? "red.9" : "amber.8"} aria-label={t("marks", { count: errors + others })}>
      {errors + others}
    </Badge>
  );
}

function OneFile({ file, text, onEdit }: { file: File; text: string | undefined; onEdit: (text: string) => void }) {
  const { t } = useTranslation("studio");
  const [line, setLine] = useState<number | null>(null);
  const shown = text ?? file.content.replaceAll("\r\n", "\n");
  const marks = marksOf(file, t("fixed"));
  return (
    <>
      <Group className={classes.fileBar} justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed" truncate>
          {file.path}
        </Text>
        <Group gap={4} wrap="nowrap">
          {text === undefined ? null : (
            <Button size="compact-xs" variant="default" onClick={() => { onEdit(file.content.replaceAll("\r\n", "\n")); }}>
              {t("revert")}
            </Button>
          )}
          <CopyButton text={shown} />
        </Group>
      </Group>
      <div className={classes.editor}>
        <CodeEditor label={t("code_of", { path: file.path })} value={shown} language={file.language} marks={marks} onChange={onEdit} line={line} />
      </div>
      {marks.length > 0 ? (
        <ul className={classes.marks} aria-label={t("marks_list")}>
          {marks.map((mark, index) => (
            <li key={`${String(index)}${mark.message}`}>
              <UnstyledButton className={classes.mark} data-severity={mark.severity} onClick={() => { setLine(mark.line); }}>
                <strong>{t(`severity.${mark.severity}`)}</strong>
                {mark.line === null ? "" : ` ${t("line", { line: mark.line })}`} {mark.message}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

export function marksOf(file: File, fixed: string): Mark[] {
  const severity = (value: string): Mark["severity"] => (value === "error" || value === "warning" ? value : "info");
  return [
    ...file.diagnostics.map((one) => ({ line: one.line, severity: severity(one.severity), message: one.message })),
    ...file.fixes.map((one) => ({ line: one.line, severity: "info" as const, message: `${fixed}: ${one.message}` })),
  ];
}
