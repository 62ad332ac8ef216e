/** The beginning: a prompt, files beside it, and examples to start from. */

import { Button, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconTable } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { usePageTitle } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { PromptBox } from "@/shared/ui/PromptBox";

import { AttachButton, Attached, useAttachments } from "./Attachments";
import classes from "./composer.module.css";
import { Drafts } from "./Drafts";
import { asAttachment, readTables, type DraftTable } from "./drafts";
import { Options } from "./Options";
import { order } from "./order";
import { Recent } from "./Recent";

const EXAMPLES = ["task", "detail", "master", "popup", "ddl", "question"] as const;

export function Composer() {
  const { t } = useTranslation("studio");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [prompt, setPrompt] = useState("");
  const [model, setModel] = useState<string | null>(null);
  const [server, setServer] = useState(false);
  const [over, setOver] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const files = useAttachments();
  const [drafts, setDrafts] = useState<DraftTable[] | null>(null);
  usePageTitle(t("title"));
  const start = useMutation({
    mutationFn: () =>
      order({
        prompt: prompt.trim(),
        model,
        attachments: drafts === null ? files.list : drafts.map(asAttachment),
        artifacts: server ? ["server"] : null,
      }),
    onSuccess: (id) => {
      void queries.invalidateQueries({ queryKey: ["generations"] });
      void navigate(`/studio/${id}`);
    },
  });
  const read = useMutation({
    mutationFn: () => readTables(prompt.trim(), files.list),
    onSuccess: setDrafts,
  });
  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void files.add([...event.dataTransfer.files]);
  }
  return (
    <div
      className={classes.page}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={onDrop}
    >
      <Stack className={classes.middle} gap="lg">
        <Stack gap={6} ta="center">
          <Title order={1} className={classes.heading}>
            {t("heading")}
          </Title>
          <Text c="dimmed">{t("lead")}</Text>
        </Stack>
        <ProblemAlert problem={start.error ?? read.error} />
        <PromptBox
          inputRef={text}
          autoFocus
          minRows={3}
          label={t("prompt")}
          placeholder={t("placeholder")}
          value={prompt}
          onChange={setPrompt}
          onSend={() => {
            start.mutate();
          }}
          sendLabel={t("send")}
          sending={start.isPending}
          above={<Attached list={files.list} onRemove={files.remove} />}
          tools={
            <>
              <AttachButton onFiles={(chosen) => void files.add(chosen)} />
              <Options model={model} onModel={setModel} server={server} onServer={setServer} />
              <Button
                variant="subtle"
                color="gray"
                size="compact-md"
                radius="xl"
                leftSection={<IconTable size={17} />}
                disabled={!prompt.trim()}
                loading={read.isPending}
                onClick={() => {
                  read.mutate();
                }}
              >
                {t("columns_first")}
              </Button>
            </>
          }
        />
        {drafts === null ? null : (
          <Drafts
            drafts={drafts}
            onChange={setDrafts}
            sending={start.isPending}
            onDone={() => {
              start.mutate();
            }}
            onDrop={() => {
              setDrafts(null);
            }}
          />
        )}
        <Group gap={8} justify="center" role="group" aria-label={t("examples")}>
          {EXAMPLES.map((name) => (
            <UnstyledButton
              key={name}
              className={classes.example}
              onClick={() => {
                setPrompt(t(`example.${name}.prompt`));
                text.current?.focus();
              }}
            >
              {t(`example.${name}.label`)}
            </UnstyledButton>
          ))}
        </Group>
        <Recent />
      </Stack>
      {over ? (
        <div className={classes.drop} aria-hidden>
          {t("drop")}
        </div>
      ) : null}
    </div>
  );
}
