/** The beginning: a prompt, files beside it, and examples to start from. */

import { ActionIcon, Group, Pill, Popover, Select, Stack, Switch, Text, Title, Tooltip, UnstyledButton } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconFileText, IconPaperclip } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { json } from "@/shared/api/client";
import { notifyProblem } from "@/shared/ui/notify";
import { usePageTitle } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { PromptBox } from "@/shared/ui/PromptBox";

import { ACCEPTED, attachmentOf, MAX_FILES, UnfitAttachment, type Attachment } from "./attachments";
import classes from "./composer.module.css";
import { order } from "./order";
import { Recent } from "./Recent";

interface Engines {
  default: string;
  models: { id: string; model: string; state: string }[];
}

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
  usePageTitle(t("title"));
  const start = useMutation({
    mutationFn: () =>
      order({
        prompt: prompt.trim(),
        model,
        attachments: files.list,
        artifacts: server ? ["server"] : null,
      }),
    onSuccess: (id) => {
      void queries.invalidateQueries({ queryKey: ["generations"] });
      void navigate(`/studio/${id}`);
    },
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
        <ProblemAlert problem={start.error} />
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
            </>
          }
        />
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

function useAttachments() {
  const { t } = useTranslation("studio");
  const [list, setList] = useState<Attachment[]>([]);
  return {
    list,
    remove: (name: string) => {
      setList((before) => before.filter((one) => one.name !== name));
    },
    add: async (chosen: File[]) => {
      for (const file of chosen) {
        try {
          const attachment = await attachmentOf(file);
          setList((before) => [...before.filter((one) => one.name !== attachment.name), attachment].slice(-MAX_FILES));
        } catch (error) {
          const message =
            error instanceof UnfitAttachment
              ? t(`unfit.${error.reason}`, { name: error.file, kinds: ACCEPTED.join(" ") })
              : t("unfit.unreadable", { name: file.name });
          notifyProblem(new Error(message), () => message);
        }
      }
    },
  };
}

function Attached({ list, onRemove }: { list: Attachment[]; onRemove: (name: string) => void }) {
  const { t } = useTranslation("studio");
  if (list.length === 0) return null;
  return (
    <Group gap={6} pt={4} component="ul" className={classes.attached} aria-label={t("attachments")}>
      {list.map(({ name }) => (
        <li key={name}>
          <Pill
            size="md"
            withRemoveButton
            onRemove={() => {
              onRemove(name);
            }}
            removeButtonProps={{ "aria-label": t("remove_file", { name }), "aria-hidden": false, tabIndex: 0 }}
          >
            <IconFileText size={14} aria-hidden className={classes.fileIcon} />
            {name}
          </Pill>
        </li>
      ))}
    </Group>
  );
}

function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation("studio");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED.join(",")}
        data-testid="files"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <Tooltip label={t("attach_hint")}>
        <ActionIcon variant="subtle" color="gray" size={36} radius="xl" aria-label={t("attach")} onClick={() => input.current?.click()}>
          <IconPaperclip size={19} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

interface OptionsProps {
  model: string | null;
  onModel: (model: string | null) => void;
  server: boolean;
  onServer: (server: boolean) => void;
}

function Options({ model, onModel, server, onServer }: OptionsProps) {
  const { t } = useTranslation("studio");
  const engines = useQuery({ queryKey: ["models"], queryFn: () => json<Engines>("/api/llm/models"), staleTime: 30_000 });
  return (
    <Popover position="top-start" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={36} radius="xl" aria-label={t("options")}>
          <IconAdjustmentsHorizontal size={19} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm" w={260}>
          <Select
            label={t("model")}
            placeholder={t("model_default")}
            clearable
            comboboxProps={{ withinPortal: false }}
            data={engines.data?.models.map(({ id, model: name }) => ({ value: id, label: id === name ? id : `${id} · ${name}` })) ?? []}
            value={model}
            onChange={onModel}
          />
          <Switch
            label={t("server_code")}
            description={t("server_code_text")}
            checked={server}
            onChange={(event) => {
              onServer(event.currentTarget.checked);
            }}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
