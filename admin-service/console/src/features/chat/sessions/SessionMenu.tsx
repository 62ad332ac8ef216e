/** What can be done with a session: rename, export, delete. */

import { ActionIcon, Button, Group, Menu, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconDownload, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { dataOf, gateway } from "@/shared/api/client";
import { confirm } from "@/shared/ui/confirm";
import { notifyProblem } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { Session } from "./SessionList";
import classes from "./sessions.module.css";

export function SessionMenu({ session, current }: { session: Session; current: boolean }) {
  const { t } = useTranslation("chat");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [renaming, { open, close }] = useDisclosure(false);
  const path = { session_id: session.id };
  const remove = useMutation({
    mutationFn: () => dataOf(gateway.DELETE("/api/sessions/{session_id}", { params: { path } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      if (current) void navigate("/chat", { replace: true });
    },
    onError: (error) => { notifyProblem(error, t); },
  });
  const file = (format: string) => `/api/sessions/${session.id}/export?format=${format}`;
  const title = session.title || t("untitled");
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon className={classes.menu} variant="subtle" color="gray" aria-label={t("session_menu", { title })}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={open}>
            {t("rename")}
          </Menu.Item>
          <Menu.Item component="a" href={file("json")} download leftSection={<IconDownload size={16} />}>
            {t("export_json")}
          </Menu.Item>
          <Menu.Item component="a" href={file("markdown")} download leftSection={<IconDownload size={16} />}>
            {t("export_markdown")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconTrash size={16} />}
            className={classes.danger}
            onClick={() => {
              confirm({
                title: t("delete_title"),
                text: t("delete_text", { title }),
                confirm: t("common:action.delete"),
                cancel: t("common:action.cancel"),
                onConfirm: () => { remove.mutate(); },
              });
            }}
          >
            {t("common:action.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {renaming ? <Rename session={session} onClose={close} /> : null}
    </>
  );
}

function Rename({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useTranslation("chat");
  const queries = useQueryClient();
  const [title, setTitle] = useState(session.title ?? "");
  const rename = useMutation({
    mutationFn: () =>
      dataOf(gateway.PATCH("/api/sessions/{session_id}", { params: { path: { session_id: session.id } }, body: { title: title.trim() } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("rename")} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <form onSubmit={(event) => { event.preventDefault(); rename.mutate(); }}>
        <ProblemAlert problem={rename.error} />
        <TextInput
          data-autofocus
          label={t("session_title")}
          value={title}
          maxLength={200}
          onChange={(event) => { setTitle(event.currentTarget.value); }}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t("common:action.cancel")}
          </Button>
          <Button type="submit" disabled={!title.trim()} loading={rename.isPending}>
            {t("common:action.save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
