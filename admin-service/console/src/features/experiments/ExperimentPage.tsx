/** One A/B test: its arms with what people did, whether the difference is chance, and the way back in one call. */

import { Alert, Anchor, Button, Group, Skeleton, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { confirm } from "@/shared/ui/confirm";
import { Moment } from "@/shared/ui/Moment";
import { notifyDone } from "@/shared/ui/notify";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { StatusBadge } from "@/shared/ui/StatusBadge";

import { armsOf } from "./arms";
import { Outcomes } from "./Outcomes";

const POLL_MS = 5000;

export function Component() {
  const { experimentId = "" } = useParams();
  const found = useQuery({
    queryKey: ["experiments", experimentId],
    queryFn: () => dataOf(admin.GET("/api/admin/experiments/{experiment_id}", { params: { path: { experiment_id: experimentId } } })),
    refetchInterval: (query) => (query.state.data?.status === "running" ? POLL_MS : false),
  });
  if (found.error && !found.data) return <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton height={320} />;
  return (
    <PageBody>
      <Head experiment={found.data} />
      <Outcomes experiment={found.data} arms={armsOf(found.data)} />
    </PageBody>
  );
}

function Head({ experiment }: { experiment: Admin["ExperimentDetailResponse"] }) {
  const { t } = useTranslation("experiments");
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      dataOf(admin.POST("/api/admin/experiments/{experiment_id}/rollback", { params: { path: { experiment_id: experiment.id } } })),
    onSuccess: async () => {
      notifyDone(t("ended_now"));
      await queries.invalidateQueries({ queryKey: ["experiments"] });
    },
  });
  const ask = () => {
    confirm({
      title: t("roll_back"),
      text: t("roll_back_text"),
      confirm: t("roll_back"),
      cancel: t("common:action.cancel"),
      onConfirm: () => { end.mutate(); },
    });
  };
  return (
    <Stack mb="lg">
      <PageHeader title={experiment.name} text={t(`sticky_is.${experiment.sticky === "session" ? "session" : "user"}`)}>
        <Anchor component={Link} to="/experiments" size="sm" underline="always">{t("all")}</Anchor>
        {experiment.status === "running" ? <Button color="red.9" loading={end.isPending} onClick={ask}>{t("roll_back")}</Button> : null}
      </PageHeader>
      <ProblemAlert problem={end.error} />
      <Group>
        <StatusBadge tone={experiment.status === "running" ? "accent" : "quiet"}>{t(`state.${experiment.status}`)}</StatusBadge>
        <Moment at={experiment.created_at} />
        {experiment.ended_at ? <>– <Moment at={experiment.ended_at} /></> : null}
      </Group>
      <Alert variant="light" color="gray" styles={{ message: { color: "inherit" } }}>{t("look_once")}</Alert>
    </Stack>
  );
}
