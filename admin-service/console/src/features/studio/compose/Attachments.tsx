/** The files beside a prompt: chosen, dropped, shown, taken away. */

import { ActionIcon, Group, Pill, Tooltip } from "@mantine/core";
import { IconFileText, IconPaperclip } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { notifyProblem } from "@/shared/ui/notify";

import { ACCEPTED, attachmentOf, MAX_FILES, UnfitAttachment, type Attachment } from "./attachments";
import classes from "./composer.module.css";

export function useAttachments() {
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

export function Attached({ list, onRemove }: { list: Attachment[]; onRemove: (name: string) => void }) {
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

export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
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
