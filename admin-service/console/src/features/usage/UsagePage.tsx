/** Tokens, engine time and cost: by day as a chart, by user, model and engine as tables; the lines as CSV. */

import { Alert, Anchor, Button, Group, SegmentedControl, Skeleton, Stack, Tabs, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { Figures } from "@/shared/ui/Figures";
import { useNumbers } from "@/shared/ui/numbers";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { TimeChart } from "@/shared/ui/TimeChart";

import { daysUntil, today, type Days } from "./days";
import { UsedTable } from "./UsedTable";

const SPANS = ["7", "30", "90"] as const;
const GROUPS = ["users", "models", "engines", "days"] as const;
const MEASURES = ["cost", "tokens", "gpu"] as const;
type Measure = (typeof MEASURES)[number];

export function Component() {
  const { t } = useTranslation("usage");
  const [days, setDays] = useState<Days>(() => daysUntil(today(), 30));
  const usage = useQuery({
    queryKey: ["usage", "all", days],
    queryFn: () => dataOf(admin.GET("/api/admin/usage", { params: { query: days } })),
    placeholderData: (before) => before,
  });
  const length = SPANS.find((span) => daysUntil(days.last, Number(span)).first === days.first && days.last === today());
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")}>
        <Button component="a" variant="default" leftSection={<IconDownload size={16} aria-hidden />} href={`/api/admin/usage/export?${new URLSearchParams({ ...days }).toString()}`} download>
          {t("export")}
        </Button>
      </PageHeader>
      <Group mb="md" gap="sm" align="flex-end">
        <SegmentedControl
          aria-label={t("span")}
          data={SPANS.map((value) => ({ value, label: t("last_days", { count: Number(value) }) }))}
          value={length ?? ""}
          onChange={(value) => { setDays(daysUntil(today(), Number(value))); }}
        />
        <TextInput type="date" label={t("first")} value={days.first} max={days.last} onChange={(event) => { if (event.currentTarget.value) setDays({ ...days, first: event.currentTarget.value }); }} />
        <TextInput type="date" label={t("last")} value={days.last} min={days.first} onChange={(event) => { if (event.currentTarget.value) setDays({ ...days, last: event.currentTarget.value }); }} />
      </Group>
      <ProblemAlert problem={usage.error} onRetry={() => void usage.refetch()} />
      {usage.data ? <Found usage={usage.data} /> : usage.isPending ? <Skeleton height={480} /> : null}
    </PageBody>
  );
}

function Found({ usage }: { usage: Admin["UsageResponse"] }) {
  const { t } = useTranslation("usage");
  const numbers = useNumbers();
  const [measure, setMeasure] = useState<Measure>("tokens");
  const { total, currency } = usage;
  const free = total.cost === 0 && total.generations > 0;
  return (
    <Stack gap="md">
      {usage.truncated ? <Alert color="amber">{t("truncated")}</Alert> : null}
      <Figures
        figures={[
          { label: t("cost"), value: numbers.money(total.cost, currency) },
          { label: t("generations"), value: numbers.whole(total.generations), note: t("failed", { value: numbers.whole(total.failed) }) },
          { label: t("prompt_tokens"), value: numbers.short(total.prompt_tokens) },
          { label: t("completion_tokens"), value: numbers.short(total.completion_tokens) },
          { label: t("gpu_seconds"), value: numbers.time(total.gpu_seconds * 1000) },
          { label: t("active_users"), value: numbers.whole(usage.users.length) },
        ]}
      />
      {free ? (
        <Alert color="celadon" variant="light">
          {t("no_prices")}{" "}
          <Anchor component={Link} to="/settings" size="sm" underline="always">{t("to_settings")}</Anchor>
        </Alert>
      ) : null}
      <SegmentedControl
        aria-label={t("measure")}
        style={{ alignSelf: "flex-start" }}
        data={MEASURES.map((value) => ({ value, label: t(`measures.${value}`) }))}
        value={measure}
        onChange={(value) => { setMeasure(value as Measure); }}
      />
      <DayChart usage={usage} measure={measure} />
      <Tabs defaultValue="users" keepMounted={false}>
        <Tabs.List mb="sm">
          {GROUPS.map((group) => <Tabs.Tab key={group} value={group}>{t(`by.${group}`)}</Tabs.Tab>)}
        </Tabs.List>
        {GROUPS.map((group) => (
          <Tabs.Panel key={group} value={group}>
            <UsedTable label={t(`by.${group}`)} rows={usage[group]} currency={currency} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

function DayChart({ usage, measure }: { usage: Admin["UsageResponse"]; measure: Measure }) {
  const { t } = useTranslation("usage");
  const numbers = useNumbers();
  const points = usage.days.map((day) => ({
    label: day.key,
    values: { cost: day.cost, prompt: day.prompt_tokens, completion: day.completion_tokens, gpu: day.gpu_seconds * 1000 },
  }));
  const series = {
    cost: [{ name: "cost", label: t("cost"), colour: "var(--fw-chart-1)" }],
    tokens: [
      { name: "prompt", label: t("prompt_tokens"), colour: "var(--fw-chart-3)" },
      { name: "completion", label: t("completion_tokens"), colour: "var(--fw-chart-1)" },
    ],
    gpu: [{ name: "gpu", label: t("gpu_seconds"), colour: "var(--fw-chart-2)" }],
  }[measure];
  const format = { cost: (value: number) => numbers.money(value, usage.currency), tokens: numbers.short, gpu: numbers.time }[measure];
  return <TimeChart title={t(`day_chart.${measure}`)} kind="bars" points={points} series={series} format={format} />;
}
