/** One message: who, what, and what can be done with it. */

import { ActionIcon, Alert, Group, Loader, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { IconPencil, IconRefresh, IconSparkles } from "@tabler/icons-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";

import { CopyButton } from "@/shared/ui/CopyButton";
import { Markdown } from "@/shared/ui/Markdown";

import type { Message } from "./conversation";
import classes from "./messages.module.css";

interface Props {
  message: Message;
  thinking: string;
  /** A turn runs: nothing can be asked anew. */
  busy: boolean;
  onRetry: (message: Message) => void;
  onEdit: (message: Message) => void;
}

export const MessageView = memo(function MessageView({ message, thinking, busy, onRetry, onEdit }: Props) {
  const { t } = useTranslation("chat");
  if (message.role === "user") {
    return (
      <article className={classes.user} aria-label={t("you")}>
        <div className={classes.bubble}>{message.content}</div>
        <Group gap={2} className={classes.actions}>
          <CopyButton text={message.content} />
          <Action label={t("edit_resend")} disabled={busy} onClick={() => { onEdit(message); }}>
            <IconPencil size={16} />
          </Action>
        </Group>
      </article>
    );
  }
  const writing = message.status === "streaming";
  return (
    <article className={classes.assistant} aria-label={t("assistant")} aria-busy={writing}>
      <span className={classes.sign} aria-hidden>
        <IconSparkles size={16} />
      </span>
      <div className={classes.text}>
        {thinking ? <Thinking text={thinking} /> : null}
        {message.content ? <Markdown text={message.content} /> : writing ? <Loader type="dots" size={22} aria-label={t("writing")} /> : null}
        {message.status === "failed" ? (
          <Alert color="red" variant="light" role="alert" mt={6} title={t("failed")} className={classes.failed}>
            {detailOf(message)}
          </Alert>
        ) : null}
        {warningsOf(message).map((warning) => (
          <Text key={warning} size="xs" className={classes.warning}>
            {warning}
          </Text>
        ))}
        {message.status === "cancelled" ? (
          <Text size="xs" c="dimmed">
            {t("stopped")}
          </Text>
        ) : null}
        {writing ? null : (
          <Group gap={2} className={classes.actions}>
            <CopyButton text={message.content} />
            <Action label={t("retry")} disabled={busy} onClick={() => { onRetry(message); }}>
              <IconRefresh size={16} />
            </Action>
            <Facts message={message} />
          </Group>
        )}
      </div>
    </article>
  );
});

export function PendingView({ text }: { text: string }) {
  const { t } = useTranslation("chat");
  return (
    <article className={classes.user} aria-label={t("sending")} data-pending>
      <div className={classes.bubble}>{text}</div>
    </article>
  );
}

function Action({ label, disabled, onClick, children }: { label: string; disabled: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function Thinking({ text }: { text: string }) {
  const { t } = useTranslation("chat");
  const [opened, setOpened] = useState(false);
  return (
    <div className={classes.thinking}>
      <UnstyledButton aria-expanded={opened} onClick={() => { setOpened(!opened); }} fz="sm" td="underline dotted">
        {t("thinking")}
      </UnstyledButton>
      {opened ? <p>{text}</p> : null}
    </div>
  );
}

function Facts({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const facts = [
    message.model_version ?? message.model ?? message.engine,
    message.tokens ? t("tokens", { count: message.tokens }) : null,
    message.processing_ms ? t("seconds", { value: (message.processing_ms / 1000).toFixed(1) }) : null,
    message.degraded ? t("degraded") : null,
  ].filter(Boolean);
  return (
    <Text size="xs" c="dimmed" ml={6}>
      {facts.join(" · ")}
    </Text>
  );
}

function detailOf(message: Message): string {
  const problem = message.problem as { detail?: string; title?: string } | null | undefined;
  return problem?.detail ?? problem?.title ?? "";
}

function warningsOf(message: Message): string[] {
  return message.warnings.flatMap((warning) => (typeof warning.message === "string" ? [warning.message] : []));
}
