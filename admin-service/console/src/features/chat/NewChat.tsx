/** The beginning of a conversation: its first message makes the session. */

import { ActionIcon, Text, Title } from "@mantine/core";
import { IconMenu2 } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { dataOf, gateway } from "@/shared/api/client";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { PromptBox } from "@/shared/ui/PromptBox";

import classes from "./chat.module.css";

export function NewChat({ onSessions }: { onSessions: (() => void) | null }) {
  const { t } = useTranslation("chat");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const start = useMutation({
    mutationFn: () => dataOf(gateway.POST("/api/sessions", { body: { kind: "chat" } })),
    onSuccess: (session) => {
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      void navigate(`/chat/${session.id}`, { state: { first: text.trim() } });
    },
  });
  return (
    <section className={classes.begin} aria-label={t("new")}>
      {onSessions ? (
        <ActionIcon className={classes.beginMenu} variant="subtle" color="gray" size={36} aria-label={t("sessions")} onClick={onSessions}>
          <IconMenu2 size={20} />
        </ActionIcon>
      ) : null}
      <div className={classes.beginBox}>
        <Title order={1} ta="center" className={classes.beginTitle}>
          {t("begin")}
        </Title>
        <Text c="dimmed" ta="center" mb="lg">
          {t("begin_text")}
        </Text>
        <ProblemAlert problem={start.error} />
        <PromptBox
          autoFocus
          minRows={2}
          label={t("message")}
          placeholder={t("placeholder")}
          value={text}
          onChange={setText}
          onSend={() => { start.mutate(); }}
          sendLabel={t("send")}
          sending={start.isPending}
        />
      </div>
    </section>
  );
}
