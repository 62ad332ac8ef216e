/** Throughput, time, failures and fallbacks, and tokens, each over time. */

import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";
import { useNumbers } from "@/shared/ui/numbers";
import { TimeChart } from "@/shared/ui/TimeChart";

import { rate } from "./rates";

interface Props {
  measures: Admin["MeasuresResponse"];
  span: "hour" | "day" | "week" | "month";
}

export function Charts({ measures, span }: Props) {
  const { t, i18n } = useTranslation("dashboard");
  const numbers = useNumbers();
  const moment = new Intl.DateTimeFormat(
    i18n.language,
    span === "hour" || span === "day" ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : span === "week" ? { month: "numeric", day: "numeric", hour: "2-digit", hourCycle: "h23" } : { month: "numeric", day: "numeric", timeZone: "UTC" },
  );
  const points = measures.series.map((bucket) => ({
    label: moment.format(new Date(bucket.at)),
    values: {
      completed: bucket.completed,
      failed: bucket.failed,
      cancelled: bucket.cancelled,
      p50: bucket.p50_ms,
      p95: bucket.p95_ms,
      engine: bucket.engine_p50_ms,
      failures: rate(bucket.failed, bucket.completed + bucket.failed),
      fallbacks: rate(bucket.degraded, bucket.generations),
      sent: bucket.prompt_tokens,
      received: bucket.completion_tokens,
    },
  }));
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <TimeChart
        title={t("chart.throughput")}
        kind="bars"
        points={points}
        format={numbers.whole}
        series={[
          { name: "completed", label: t("common:status.completed"), colour: "var(--fw-chart-1)" },
          { name: "failed", label: t("common:status.failed"), colour: "var(--fw-chart-bad)" },
          { name: "cancelled", label: t("common:status.cancelled"), colour: "var(--fw-chart-quiet)" },
        ]}
      />
      <TimeChart
        title={t("chart.latency")}
        kind="lines"
        points={points}
        format={numbers.time}
        series={[
          { name: "p50", label: t("series.p50"), colour: "var(--fw-chart-1)" },
          { name: "p95", label: t("series.p95"), colour: "var(--fw-chart-2)" },
          { name: "engine", label: t("series.engine"), colour: "var(--fw-chart-3)" },
        ]}
      />
      <TimeChart
        title={t("chart.rates")}
        kind="lines"
        points={points}
        format={numbers.percent}
        series={[
          { name: "failures", label: t("failed"), colour: "var(--fw-chart-bad)" },
          { name: "fallbacks", label: t("degraded"), colour: "var(--fw-chart-2)" },
        ]}
      />
      <TimeChart
        title={t("chart.tokens")}
        kind="bars"
        points={points}
        format={numbers.short}
        series={[
          { name: "sent", label: t("series.sent"), colour: "var(--fw-chart-3)" },
          { name: "received", label: t("series.received"), colour: "var(--fw-chart-1)" },
        ]}
      />
    </SimpleGrid>
  );
}
