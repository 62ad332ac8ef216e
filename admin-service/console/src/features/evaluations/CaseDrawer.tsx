/** One case: what was expected, and what every variant made of it, beside each other. */

import { Anchor, Badge, Card, Code, Drawer, Group, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { seconds } from "./figures";

interface Measures {
  score: number;
  own: boolean;
  recall: number;
  precision: number | null;
  distance: number | null;
  duration_ms: number | null;
  fixes: number;
  attempts: number;
  missed: string[];
  problem: string;
}

interface Props {
  evaluation: Admin["EvaluationResponse"];
  caseId: string;
  onClose: () => void;
}

export function CaseDrawer({ evaluation, caseId, onClose }: Props) {
  const { t } = useTranslation("evaluations");
  const found = useQuery({
    queryKey: ["evaluations", evaluation.id, "case", caseId, evaluation.done],
    queryFn: () => {
      const params = { path: { evaluation_id: evaluation.id, case_id: caseId } };
      return dataOf(admin.GET("/api/admin/evaluations/{evaluation_id}/cases/{case_id}", { params }));
    },
  });
  return (
    <Drawer opened onClose={onClose} position="right" size="80%" title={caseId} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <ProblemAlert problem={found.error} />
      {found.data ? <Answers evaluation={evaluation} found={found.data} /> : <Skeleton height={200} />}
    </Drawer>
  );
}

function Answers({ evaluation, found }: { evaluation: Props["evaluation"]; found: Admin["CaseResponse"] }) {
  const { t } = useTranslation("evaluations");
  const expected = found.case as { prompt: string; pattern: string; fields: string; actions: string[] };
  return (
    <Stack>
      <Text style={{ whiteSpace: "pre-wrap" }}>{expected.prompt}</Text>
      <Text size="sm" c="dimmed">
        {t("expected", { pattern: expected.pattern, actions: expected.actions.join(", ") })}
      </Text>
      <Code block tabIndex={0}>{expected.fields}</Code>
      <SimpleGrid cols={{ base: 1, md: Math.min(3, evaluation.variants.length) }}>
        {found.items.map((item) => (
          <Answer key={item.number} item={item} name={String(evaluation.variants[item.variant]?.name)} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function Answer({ item, name }: { item: Admin["ItemResponse"]; name: string }) {
  const { t } = useTranslation("evaluations");
  const measures = item.measures as Measures | null;
  return (
    <Card withBorder>
      <Group justify="space-between">
        <Text fw={600}>{name}</Text>
        <Text fw={600}>{measures ? measures.score.toFixed(0) : "–"}</Text>
      </Group>
      {measures ? (
        <Stack gap={4} mt="xs">
          {measures.own ? null : <Badge color="red" tt="none">{t("not_own", { problem: measures.problem })}</Badge>}
          <Text size="sm">{t("answer_figures", { recall: (100 * measures.recall).toFixed(0), seconds: seconds(measures.duration_ms), fixes: measures.fixes, attempts: measures.attempts })}</Text>
          {measures.distance === null ? null : <Text size="sm">{t("distance_of", { distance: measures.distance.toFixed(2) })}</Text>}
          {measures.missed.length > 0 ? <Text size="sm">{t("missed", { missed: measures.missed.join(", ") })}</Text> : null}
          {item.judgement ? <Text size="sm">{t("judgement", { mark: String(item.judgement.mark), reason: String(item.judgement.reason) })}</Text> : null}
          {item.generation_id ? <Anchor component={Link} to={`/logs/${item.generation_id}`} size="sm" underline="always">{t("open_log")}</Anchor> : null}
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">{t("not_done")}</Text>
      )}
    </Card>
  );
}
