/** How the mesh is: services and engines now, generations over the last hour, day, week or month. */

import { Group, SegmentedControl, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { Charts } from "./Charts";
import { Engines } from "./Engines";
import { Services } from "./Services";
import { Summary } from "./Summary";

const SPANS = ["hour", "day", "week", "month"] as const;
type Span = (typeof SPANS)[number];
const HEALTH_EVERY_MS = 10_000;
const MEASURES_EVERY_MS = 30_000;

export function Component() {
  const { t } = useTranslation("dashboard");
  const [span, setSpan] = useState<Span>("day");
  const health = useQuery({
    queryKey: ["operations", "health"],
    queryFn: () => dataOf(admin.GET("/api/admin/operations/health")),
    refetchInterval: HEALTH_EVERY_MS,
  });
  const measures = useQuery({
    queryKey: ["operations", "measures", span],
    queryFn: () => dataOf(admin.GET("/api/admin/operations/measures", { params: { query: { span } } })),
    refetchInterval: MEASURES_EVERY_MS,
    placeholderData: (before) => before,
  });
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <SegmentedControl
          aria-label={t("span")}
          data={SPANS.map((value) => ({ value, label: t(`spans.${value}`) }))}
          value={span}
          onChange={(value) => { setSpan(value as Span); }}
        />
      </PageHeader>
      <ProblemAlert problem={measures.error} onRetry={() => void measures.refetch()} />
      {measures.data ? <Summary measures={measures.data} /> : measures.isPending ? <Skeleton height={96} mb="md" /> : null}
      <ProblemAlert problem={health.error} onRetry={() => void health.refetch()} />
      <Stack gap="md">
        {health.data ? <Services health={health.data} /> : health.isPending ? <Skeleton height={140} /> : null}
        {measures.data ? <Charts measures={measures.data} span={span} /> : measures.isPending ? <Skeleton height={520} /> : null}
        <Group grow align="stretch">
          {health.data ? <Engines health={health.data} measured={measures.data?.engines ?? []} /> : null}
        </Group>
      </Stack>
    </PageBody>
  );
}
