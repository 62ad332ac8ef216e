/** An entry's versions; going back makes a new one. */

import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ifMatch } from "@/shared/api/lists";
import { Moment } from "@/shared/ui/Moment";
import { notifyDone, notifyProblem } from "@/shared/ui/notify";

interface Props {
  entry: Admin["KnowledgeResponse"];
  onRestored: () => void;
}

export function Versions({ entry, onRestored }: Props) {
  const { t } = useTranslation("knowledge");
  const path = { entry_id: entry.id };
  const versions = useQuery({
    queryKey: ["knowledge-versions", entry.id, entry.version],
    queryFn: () => dataOf(admin.GET("/api/admin/knowledge/{entry_id}/versions", { params: { path } })),
  });
  const restore = useMutation({
    mutationFn: (version: number) =>
      dataOf(
        admin.POST("/api/admin/knowledge/{entry_id}/versions/{version}/restore", {
          params: { path: { ...path, version }, header: ifMatch(entry.version) },
        }),
      ),
    onSuccess: () => {
      notifyDone(t("restored"));
      onRestored();
    },
    onError: (error) => { notifyProblem(error, t); },
  });
  const earlier = (versions.data?.items ?? []).filter((item) => item.version !== entry.version);
  if (earlier.length === 0) return null;
  return (
    <Stack gap={6}>
      <Text fw={600} size="sm">
        {t("versions")}
      </Text>
      {earlier.map((item) => (
        <Group key={item.version} justify="space-between">
          <Text size="sm">
            {t("version", { version: item.version })} · <Moment at={item.created_at} />
          </Text>
          <Button size="xs" variant="default" loading={restore.isPending} onClick={() => { restore.mutate(item.version); }}>
            {t("restore")}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
