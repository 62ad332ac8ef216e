/** The last few generations, to go on with. */

import { Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { dataOf, gateway } from "@/shared/api/client";
import { Moment } from "@/shared/ui/Moment";

import classes from "./composer.module.css";

const SHOWN = 4;

export function Recent() {
  const { t } = useTranslation("studio");
  const { data } = useQuery({
    queryKey: ["generations", "recent"],
    queryFn: () => dataOf(gateway.GET("/api/v1/generations", { params: { query: { limit: 12 } } })),
  });
  const lines = data?.items.filter((line) => line.kind !== "chat").slice(0, SHOWN) ?? [];
  if (lines.length === 0) return null;
  return (
    <Stack gap={8} mt="lg" component="section" aria-labelledby="recent">
      <Group justify="space-between">
        <Title order={2} size="h6" c="dimmed" id="recent">
          {t("recent")}
        </Title>
        <Text component={Link} to="/history" size="sm" c="var(--mantine-color-anchor)">
          {t("all")}
        </Text>
      </Group>
      <div className={classes.recent}>
        {lines.map((line) => (
          <Link key={line.id} to={`/studio/${line.id}`} className={classes.card}>
            <Text size="sm" lineClamp={2}>
              {line.prompt}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`common:status.${line.status}`)} · <Moment at={line.created_at} />
            </Text>
          </Link>
        ))}
      </div>
    </Stack>
  );
}
