/** A generation: what was asked and what happens at the left, what came of it at the right. */

import { Alert, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { dataOf, gateway, type Gateway } from "@/shared/api/client";
import { notifyProblem } from "@/shared/ui/notify";
import { usePageTitle } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { PromptBox } from "@/shared/ui/PromptBox";

import { order } from "../compose/order";
import { Workbench } from "../work/Workbench";
import classes from "./generation.module.css";
import { QuestionCard } from "./QuestionCard";
import { Stages } from "./Stages";
import { useRun } from "./useRun";
import { Writing } from "./Writing";

export function GenerationView({ id }: { id: string }) {
  const { t } = useTranslation("studio");
  const { run, connected, problem } = useRun(id);
  const [answered, setAnswered] = useState<readonly string[]>([]);
  const queries = useQueryClient();
  const result = useQuery({
    queryKey: ["generation", id],
    queryFn: () => dataOf(gateway.GET("/api/v1/generations/{generation_id}", { params: { path: { generation_id: id } } })),
  });
  useEffect(() => {
    if (run.end !== null) void queries.invalidateQueries({ queryKey: ["generation", id] });
  }, [run.end, id, queries]);
  const prompt = result.data?.prompt ?? run.prompt;
  usePageTitle(prompt || t("title"));
  const cancel = useMutation({
    mutationFn: () =>
      dataOf(gateway.DELETE("/api/v1/generations/{generation_id}", { params: { path: { generation_id: id } } })),
    onError: (error) => {
      notifyProblem(error, t);
    },
  });
  const questions = run.questions.filter((question) => !answered.includes(question.id));
  return (
    <div className={classes.page}>
      <section className={classes.story} aria-label={t("story")}>
        <div className={classes.scroll}>
          <div className={classes.asked}>{prompt}</div>
          {connected ? null : (
            <Alert variant="light" color="amber" icon={<IconPlugConnectedX />} role="status">
              {t("reconnecting")}
            </Alert>
          )}
          <ProblemAlert problem={problem ?? result.error} />
          <Stages run={run} />
          {questions.map((question) => (
            <QuestionCard
              key={question.id}
              generationId={id}
              question={question}
              onAnswered={() => {
                setAnswered((before) => [...before, question.id]);
              }}
            />
          ))}
          <Writing run={run} />
          <Outcome result={result.data} />
        </div>
        <ChangeBox
          id={id}
          running={run.end === null && problem === null}
          onStop={() => {
            cancel.mutate();
          }}
        />
      </section>
      <Workbench id={id} run={run} result={result.data} />
    </div>
  );
}

/** The words of the end: an answer, warnings, or what failed. */
function Outcome({ result }: { result: Gateway["GenerationResult"] | undefined }) {
  const { t } = useTranslation("studio");
  if (!result?.ended_at) return null;
  return (
    <>
      {result.problem ? (
        <Alert color="red" variant="light" title={result.problem.title} role="alert">
          {result.problem.detail}
        </Alert>
      ) : null}
      {result.warnings.map((warning) => (
        <Alert key={warning.code + warning.message} color="amber" variant="light" className={classes.warning}>
          {warning.message}
        </Alert>
      ))}
      {result.citations.length > 0 ? (
        <section aria-labelledby="sources">
          <Text size="sm" fw={600} id="sources">
            {t("sources")}
          </Text>
          <ul className={classes.sources}>
            {result.citations.map((citation) => (
              <li key={citation.id}>
                {citation.title || citation.id}
                {citation.source ? <small> {citation.source}</small> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {result.status === "completed" ? (
        <Text size="xs" c="dimmed">
          {t("made_by", {
            engine: result.engine_model ?? result.engine ?? "–",
            seconds: ((result.timings.total ?? 0) / 1000).toFixed(1),
          })}
          {result.degraded ? ` · ${t("degraded")}` : ""}
        </Text>
      ) : null}
    </>
  );
}

function ChangeBox({ id, running, onStop }: { id: string; running: boolean; onStop: () => void }) {
  const { t } = useTranslation("studio");
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const change = useMutation({
    mutationFn: () => order({ prompt: text.trim(), base_generation_id: id }),
    onSuccess: (next) => {
      void navigate(`/studio/${next}`);
    },
  });
  return (
    <div className={classes.change}>
      <ProblemAlert problem={change.error} />
      <PromptBox
        label={t("change")}
        placeholder={running ? t("change_wait") : t("change_placeholder")}
        value={text}
        onChange={setText}
        onSend={() => {
          change.mutate();
        }}
        sendLabel={t("change_send")}
        sending={change.isPending}
        {...(running ? { onStop, stopLabel: t("stop") } : {})}
      />
    </div>
  );
}
