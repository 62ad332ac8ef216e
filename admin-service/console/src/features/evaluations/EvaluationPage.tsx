/** One evaluation: its progress as it goes on, the comparison with intervals, its cases, and the report. */

import { Alert, Anchor, Button, Group, Progress, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { CaseDrawer } from "./CaseDrawer";
import { Cases } from "./Cases";
import { Comparison } from "./Comparison";
import { isOpen } from "./figures";
import { Status } from "./Status";

const POLL_MS = 2000;

export function Component() {
  const { evaluationId = "" } = useParams();
  const [open, setOpen] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ["evaluations", evaluationId],
    queryFn: () => dataOf(admin.GET("/api/admin/evaluations/{evaluation_id}", { params: { path: { evaluation_id: evaluationId } } })),
    refetchInterval: (query) => (query.state.data && isOpen(query.state.data.status) ? POLL_MS : false),
  });
  if (found.error) return <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton height={320} />;
  return (
    <PageBody>
      <Head evaluation={found.data} />
      <Comparison evaluation={found.data} />
      <Cases evaluation={found.data} onOpen={setOpen} />
      {open ? <CaseDrawer evaluation={found.data} caseId={open} onClose={() => { setOpen(null); }} /> : null}
    </PageBody>
  );
}

function Head({ evaluation }: { evaluation: Admin["EvaluationResponse"] }) {
  const { t, i18n } = useTranslation("evaluations");
  const queries = useQueryClient();
  const params = { path: { evaluation_id: evaluation.id } };
  const refresh = () => queries.invalidateQueries({ queryKey: ["evaluations"] });
  const cancel = useMutation({
    mutationFn: () => dataOf(admin.POST("/api/admin/evaluations/{evaluation_id}/cancel", { params })),
    onSuccess: refresh,
  });
  const resume = useMutation({
    mutationFn: () => dataOf(admin.POST("/api/admin/evaluations/{evaluation_id}/resume", { params })),
    onSuccess: refresh,
  });
  const base = `/api/admin/evaluations/${evaluation.id}`;
  return (
    <Stack mb="lg">
      <PageHeader title={evaluation.name} text={t("about", { framework: evaluation.framework, cases: evaluation.case_ids.length, repeats: evaluation.repeats })}>
        {isOpen(evaluation.status) ? (
          <Button variant="default" loading={cancel.isPending} onClick={() => { cancel.mutate(); }}>{t("stop")}</Button>
        ) : null}
        {evaluation.done < evaluation.total ? (
          <Button variant="default" loading={resume.isPending} onClick={() => { resume.mutate(); }}>{t("resume")}</Button>
        ) : null}
      </PageHeader>
      <ProblemAlert problem={cancel.error ?? resume.error} />
      <Group>
        <Status status={evaluation.status} />
        <Text size="sm" role="status">{t("done_of", { done: evaluation.done, total: evaluation.total })}</Text>
        <Anchor href={`${base}/report?lang=${i18n.language.startsWith("ko") ? "ko" : "en"}`} download underline="always" size="sm">{t("report")}</Anchor>
        <Anchor href={`${base}/comparison.csv`} download underline="always" size="sm">{t("comparison_csv")}</Anchor>
        <Anchor href={`${base}/results.csv`} download underline="always" size="sm">{t("results_csv")}</Anchor>
      </Group>
      <Progress value={evaluation.total ? (100 * evaluation.done) / evaluation.total : 0} aria-label={t("progress")} />
      {evaluation.status === "queued" ? <Alert>{t("queued_text")}</Alert> : null}
      {evaluation.status === "interrupted" ? <Alert color="yellow">{t("interrupted_text")}</Alert> : null}
      <Title order={2} size="h4">{t("comparison")}</Title>
    </Stack>
  );
}
