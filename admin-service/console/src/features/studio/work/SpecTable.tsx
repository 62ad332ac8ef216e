/** The columns of the screen as tables: corrected here, the files are made anew without any engine. */

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { dataOf, gateway } from "@/shared/api/client";
import { ApiProblem } from "@/shared/api/problem";
import { notifyDone } from "@/shared/ui/notify";
import { PageLoading } from "@/shared/ui/PageLoading";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { DatasetTable } from "./DatasetTable";
import { isSound, tables, type Spec } from "./spec";
import classes from "./workbench.module.css";

interface Props {
  id: string;
  ended: boolean;
  onEmitted: () => void;
}

export function SpecTable({ id, ended, onEmitted }: Props) {
  const { t } = useTranslation("studio");
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Spec | null>(null);
  const path = { generation_id: id };
  const stored = useQuery({
    queryKey: ["spec", id],
    enabled: ended,
    queryFn: async () => {
      const { data, response } = await gateway.GET("/api/v1/generations/{generation_id}/spec", { params: { path } });
      return { spec: data as Spec, etag: response.headers.get("ETag") };
    },
  });
  const emit = useMutation({
    mutationFn: ({ spec, etag }: { spec: Spec; etag: string | null }) =>
      dataOf(
        gateway.PUT("/api/v1/generations/{generation_id}/spec", {
          params: { path, header: { "if-match": etag } },
          body: spec,
        }),
      ),
    onSuccess: async (result) => {
      queries.setQueryData(["generation", id], result);
      await queries.invalidateQueries({ queryKey: ["spec", id] });
      setDraft(null);
      notifyDone(t("emitted"));
      onEmitted();
    },
  });
  if (stored.error) return <ProblemAlert problem={stored.error} onRetry={() => void stored.refetch()} />;
  if (!stored.data) return <PageLoading />;
  const spec = draft ?? stored.data.spec;
  const outdated = emit.error instanceof ApiProblem && emit.error.code === "spec_outdated";
  return (
    <Stack className={classes.tablePage}>
      <Group justify="space-between" align="flex-end" className={classes.tableHead}>
        <TextInput
          label={t("screen_title")}
          value={spec.title}
          onChange={(event) => { setDraft({ ...spec, title: event.currentTarget.value }); }}
          w={280}
        />
        <Group gap={8}>
          {draft ? (
            <Button variant="default" onClick={() => { setDraft(null); emit.reset(); }}>
              {t("revert")}
            </Button>
          ) : null}
          <Button
            leftSection={<IconRefresh size={16} />}
            disabled={!draft || !isSound(spec) || !spec.title.trim()}
            loading={emit.isPending}
            onClick={() => { emit.mutate({ spec, etag: stored.data.etag }); }}
          >
            {t("emit")}
          </Button>
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {t("table_text")}
      </Text>
      <ProblemAlert
        problem={emit.error}
        // The draft over theirs, once the person asks for it.
        {...(outdated ? { onRetry: () => void stored.refetch().then(({ data }) => { emit.mutate({ spec, etag: data?.etag ?? null }); }) } : {})}
      />
      {tables(spec).map((dataset) => (
        <DatasetTable key={dataset.id} spec={spec} dataset={dataset} onChange={setDraft} />
      ))}
    </Stack>
  );
}
