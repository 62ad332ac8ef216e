/** One conversation. */

import { ActionIcon, Alert, Group, Text, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMenu2, IconPlugConnectedX, IconSettings } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

import { dataOf, gateway } from "@/shared/api/client";
import { notifyDone, notifyProblem } from "@/shared/ui/notify";
import { PageLoading } from "@/shared/ui/PageLoading";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { PromptBox } from "@/shared/ui/PromptBox";

import classes from "./chat.module.css";
import type { Message } from "./messages/conversation";
import { MessageList } from "./messages/MessageList";
import { useConversation } from "./messages/useConversation";
import { SettingsDrawer } from "./sessions/SettingsDrawer";

interface Props {
  sessionId: string;
  onSessions: (() => void) | null;
}

export function ChatView({ sessionId, onSessions }: Props) {
  const { t } = useTranslation("chat");
  const navigate = useNavigate();
  const location = useLocation();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<Message | null>(null);
  const [settings, { open, close }] = useDisclosure(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const session = useQuery({
    queryKey: ["sessions", "one", sessionId],
    queryFn: () => dataOf(gateway.GET("/api/sessions/{session_id}", { params: { path: { session_id: sessionId } } })),
  });
  const chat = useConversation({
    sessionId,
    onDeleted: () => {
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      void navigate("/chat", { replace: true });
    },
    onNotification: (frame) => {
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      if (frame.code === "turn_completed" || frame.code === "turn_failed") {
        notifyDone(t(String(frame.code), { title: String(frame.title ?? "") }));
      }
    },
  });
  const { conversation, send, remove } = chat;

  const first = (location.state as { first?: string } | null)?.first;
  const sentFirst = useRef(false);
  useEffect(() => {
    if (!first || sentFirst.current) return;
    sentFirst.current = true;
    send(first);
    void navigate(location.pathname, { replace: true, state: null });
  }, [first, send, navigate, location.pathname]);

  async function again(from: Message, content: string) {
    try {
      await remove(conversation.messages.filter((message) => message.turn >= from.turn));
      send(content);
    } catch (error) {
      notifyProblem(error, t);
    }
  }
  function onSend() {
    const content = text.trim();
    setText("");
    if (editing) {
      setEditing(null);
      void again(editing, content);
    } else send(content);
  }
  const last = conversation.messages.at(-1);
  return (
    <section className={classes.chat} aria-label={t("conversation")}>
      <Group className={classes.head} justify="space-between" wrap="nowrap">
        <Group gap={8} wrap="nowrap" miw={0}>
          {onSessions ? (
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("sessions")} onClick={onSessions}>
              <IconMenu2 size={20} />
            </ActionIcon>
          ) : null}
          <Text component="h1" fw={650} truncate>
            {session.data?.title ?? t("untitled")}
          </Text>
        </Group>
        <Group gap={8} wrap="nowrap">
          {conversation.online > 1 ? (
            <Text size="xs" c="dimmed">
              {t("online", { count: conversation.online })}
            </Text>
          ) : null}
          <Tooltip label={t("settings")}>
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("settings")} onClick={open}>
              <IconSettings size={19} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {chat.problem ? (
        <div className={classes.problem}>
          <ProblemAlert problem={chat.problem} />
        </div>
      ) : null}
      {chat.loading ? (
        <div className={classes.fill}>
          <PageLoading />
        </div>
      ) : (
        <MessageList
          conversation={conversation}
          older={chat.older}
          onEdit={(message) => {
            setEditing(message);
            setText(message.content);
            input.current?.focus();
          }}
          onRetry={(message) => {
            const asked = conversation.messages.find((one) => one.turn === message.turn && one.role === "user");
            if (asked) void again(asked, asked.content);
          }}
        />
      )}
      <div className="fw-visually-hidden" role="status">
        {conversation.running ? t("writing") : last?.role === "assistant" ? t(`said.${last.status}`) : ""}
      </div>
      <div className={classes.foot}>
        {conversation.othersType ? (
          <Text size="xs" c="dimmed" px={8}>
            {t("others_type")}
          </Text>
        ) : null}
        {chat.connected ? null : (
          <Alert variant="light" color="amber" py={6} icon={<IconPlugConnectedX size={16} />} role="status" className={classes.lost}>
            {t("reconnecting")}
          </Alert>
        )}
        {conversation.error ? (
          <Alert color="red" variant="light" role="alert" withCloseButton closeButtonLabel={t("common:action.close")} onClose={chat.dismissError}>
            {conversation.error}
          </Alert>
        ) : null}
        <PromptBox
          inputRef={input}
          autoFocus
          label={t("message")}
          placeholder={t("placeholder")}
          value={text}
          onChange={(value) => {
            setText(value);
            if (value) chat.typing();
          }}
          onSend={onSend}
          sendLabel={editing ? t("resend") : t("send")}
          {...(conversation.running ? { onStop: chat.stop, stopLabel: t("stop") } : {})}
          above={
            editing ? (
              <Group justify="space-between" className={classes.editing}>
                <Text size="xs">{t("editing")}</Text>
                <Text
                  component="button"
                  type="button"
                  size="xs"
                  td="underline"
                  className={classes.plain}
                  onClick={() => {
                    setEditing(null);
                    setText("");
                  }}
                >
                  {t("common:action.cancel")}
                </Text>
              </Group>
            ) : null
          }
        />
      </div>
      {session.data ? <SettingsDrawer key={session.data.updated_at} opened={settings} onClose={close} session={session.data} /> : null}
    </section>
  );
}
