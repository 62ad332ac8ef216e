/** What the engine answers, as it comes, word for word; and its figures at the end. */

import { Code, Group, Loader, ScrollArea, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useNumbers } from "@/shared/ui/numbers";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { End, Trial } from "./useTrial";

export function Answer({ trial }: { trial: Trial }) {
  const { t } = useTranslation("templates");
  const { answer, reasoning, running, end, problem } = trial;
  if (!running && !answer && !reasoning && !end && problem === null) return null;
  return (
    <Stack gap="xs" role="region" aria-label={t("trial.answer")}>
      <Group gap="xs" role="status">
        {running ? <Loader size="xs" /> : null}
        <Text size="sm" fw={600}>{t(running && !answer ? "trial.waiting" : "trial.answer")}</Text>
      </Group>
      <ProblemAlert problem={problem} />
      {reasoning ? <Words label={t("trial.reasoning")} text={reasoning} dimmed /> : null}
      {answer ? <Words label={t("trial.answer")} text={answer} /> : null}
      {end ? <Ended end={end} /> : null}
    </Stack>
  );
}

function Words({ label, text, dimmed = false }: { label: string; text: string; dimmed?: boolean }) {
  return (
    <ScrollArea.Autosize mah={360} viewportProps={{ tabIndex: 0, "aria-label": label }}>
      <Code block c={dimmed ? "dimmed" : undefined} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{text}</Code>
    </ScrollArea.Autosize>
  );
}

function Ended({ end }: { end: End }) {
  const { t } = useTranslation("templates");
  const numbers = useNumbers();
  const facts = [
    end.model ?? end.engine ?? "",
    t("trial.took", { time: numbers.time(end.ms), first: numbers.time(end.first_ms) }),
    end.usage ? t("trial.usage", { input: numbers.whole(end.usage.prompt_tokens ?? 0), output: numbers.whole(end.usage.completion_tokens ?? 0) }) : "",
    end.finish_reason === "length" ? t("trial.cut_off") : "",
  ];
  return <Text size="sm" c="dimmed">{facts.filter(Boolean).join(" · ")}</Text>;
}
