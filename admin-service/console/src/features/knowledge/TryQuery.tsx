/** What a query would find, with scores and the line below which nothing goes into a prompt. */

import { Badge, Button, Divider, Group, Paper, Progress, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { dataOf, gateway } from "@/shared/api/client";
import { useSettings } from "@/shared/api/settings";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

export function TryQuery() {
  const { t } = useTranslation("knowledge");
  const [query, setQuery] = useState("");
  const settings = useSettings();
  const search = useMutation({
    mutationFn: () => dataOf(gateway.POST("/api/v1/search", { body: { query, limit: 15 } })),
  });
  const threshold = settings.data?.retrieval.medium.threshold ?? 0;
  const hits = search.data?.hits ?? [];
  const below = hits.findIndex((hit) => hit.score < threshold);
  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim()) search.mutate();
        }}
      >
        <Group align="flex-end">
          <TextInput
            label={t("query")}
            placeholder={t("query_example")}
            value={query}
            onChange={(event) => { setQuery(event.currentTarget.value); }}
            flex={1}
          />
          <Button type="submit" loading={search.isPending} disabled={!query.trim()}>
            {t("find")}
          </Button>
        </Group>
      </form>
      <ProblemAlert problem={search.error} />
      {search.data && hits.length === 0 ? <Text c="dimmed">{t("nothing")}</Text> : null}
      <Stack gap="xs" role="list" aria-label={t("try")}>
        {hits.map((hit, place) => (
          <div key={hit.id} role="listitem">
            {place === below ? <Divider label={t("threshold", { value: threshold.toFixed(2) })} labelPosition="left" mb="xs" /> : null}
            <Paper withBorder p="sm" radius="md">
              <Group justify="space-between" wrap="nowrap">
                <Text fw={600} size="sm">
                  {hit.title}
                </Text>
                <Badge variant="default">{t(`kinds.${hit.kind}`, { defaultValue: hit.kind })}</Badge>
              </Group>
              <Group gap="sm" wrap="nowrap" my={4}>
                <Progress value={hit.score * 100} flex={1} aria-label={t("score")} color="celadon" />
                <Text size="xs" ff="monospace">
                  {hit.score.toFixed(2)}
                </Text>
              </Group>
              <Text size="sm" c="dimmed" lineClamp={3}>
                {hit.text}
              </Text>
            </Paper>
          </div>
        ))}
      </Stack>
    </Stack>
  );
}
