/** A question that the pipeline asks, answered in place; without an answer its default is taken. */

import { Button, Group, Paper, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { dataOf, gateway } from "@/shared/api/client";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { endsComposition } from "@/shared/ui/PromptBox";

import type { Question } from "./events";
import classes from "./generation.module.css";

interface Props {
  generationId: string;
  question: Question;
  onAnswered: () => void;
}

export function QuestionCard({ generationId, question, onAnswered }: Props) {
  const { t } = useTranslation("studio");
  const [own, setOwn] = useState("");
  const left = useSecondsLeft(question.expiresAt);
  const answer = useMutation({
    mutationFn: (value: string) =>
      dataOf(
        gateway.POST("/api/v1/generations/{generation_id}/answers", {
          params: { path: { generation_id: generationId } },
          body: { question_id: question.id, value },
        }),
      ),
    onSuccess: onAnswered,
  });
  return (
    <Paper className={classes.question} role="group" aria-labelledby={`question-${question.id}`}>
      <Text fw={600} id={`question-${question.id}`}>
        {question.text}
      </Text>
      <ProblemAlert problem={answer.error} />
      <Group gap={8} mt={10}>
        {question.choices.map((choice) => (
          <Button
            key={choice.value}
            size="xs"
            variant={choice.value === question.preset ? "filled" : "default"}
            disabled={answer.isPending}
            onClick={() => {
              answer.mutate(choice.value);
            }}
          >
            {choice.label}
          </Button>
        ))}
      </Group>
      <Group gap={8} mt={10} wrap="nowrap">
        <TextInput
          flex={1}
          size="xs"
          aria-label={t("own_answer")}
          placeholder={t("own_answer")}
          value={own}
          maxLength={2000}
          onChange={(event) => {
            setOwn(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !endsComposition(event) && own.trim()) answer.mutate(own.trim());
          }}
        />
        <Button
          size="xs"
          variant="default"
          disabled={!own.trim() || answer.isPending}
          onClick={() => {
            answer.mutate(own.trim());
          }}
        >
          {t("answer")}
        </Button>
      </Group>
      {left === null ? null : (
        <Text size="xs" c="dimmed" mt={8}>
          {t("answer_by", { count: left })}
        </Text>
      )}
    </Paper>
  );
}

function useSecondsLeft(expiresAt: string | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return expiresAt === null ? null : Math.max(0, Math.round((Date.parse(expiresAt) - now) / 1000));
}
