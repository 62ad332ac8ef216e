/** What one used in the last thirty days: totals, and a line for each model. */

import { Card, SimpleGrid, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { dataOf, gateway } from "@/shared/api/client";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import classes from "./account.module.css";

const TOTALS = ["generations", "completed", "messages", "total_tokens"] as const;

export function Usage() {
  const { t, i18n } = useTranslation("account");
  const usage = useQuery({
    queryKey: ["usage"],
    queryFn: () => dataOf(gateway.GET("/api/auth/usage", { params: { query: { days: 30 } } })),
  });
  const number = new Intl.NumberFormat(i18n.language);
  const most = Math.max(1, ...(usage.data?.days.map((day) => day.generations) ?? []));
  return (
    <Card withBorder component="section" aria-labelledby="usage">
      <Title order={2} size="h5" mb="md" id="usage">
        {t("usage")}
      </Title>
      <ProblemAlert problem={usage.error} onRetry={() => void usage.refetch()} />
      {usage.data ? (
        <>
          <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
            {TOTALS.map((name) => (
              <div key={name} className={classes.total}>
                <Text component="dt" size="sm" c="dimmed">
                  {t(`total.${name}`)}
                </Text>
                <Text component="dd" fz={26} fw={650} m={0}>
                  {number.format(usage.data.totals[name])}
                </Text>
              </div>
            ))}
          </SimpleGrid>
          <ul className={classes.days} aria-label={t("by_day")}>
            {usage.data.days.map((day) => {
              const says = t("day", { date: day.date, count: day.generations });
              return (
                <li key={day.date} title={says}>
                  <span style={{ height: `${String((day.generations / most) * 100)}%` }} />
                  <span className="fw-visually-hidden">{says}</span>
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
    </Card>
  );
}
