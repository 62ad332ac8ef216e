/** What differs from the version before: the files that were changed again, or those of the generation this one changes. */

import { Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { CodeDiff } from "@/shared/ui/CodeEditor";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageLoading } from "@/shared/ui/PageLoading";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { File } from "../run/events";
import { readFiles } from "./useFiles";
import classes from "./workbench.module.css";

interface Props {
  id: string;
  version: number;
  files: readonly File[];
  baseId: string | null;
}

export function Changes({ id, version, files, baseId }: Props) {
  const { t } = useTranslation("studio");
  const [chosen, setChosen] = useState<string | null>(null);
  const edited = version > 1;
  const base = useQuery({
    queryKey: edited ? ["files", id, version - 1] : ["files", baseId, "current"],
    enabled: edited || baseId !== null,
    staleTime: edited ? Infinity : 0,
    queryFn: () => (edited ? readFiles(id, version - 1) : readFiles(baseId ?? "")),
  });
  const before = base.data;
  if (base.error) return <ProblemAlert problem={base.error} onRetry={() => void base.refetch()} />;
  if (base.isLoading) return <PageLoading />;
  if (!before) return <EmptyState title={t("changes_none")} text={t("changes_none_text")} />;
  const pairs = files.map((file) => ({ file, old: before.find((one) => one.path === file.path)?.content ?? "" }));
  const changed = pairs.filter(({ file, old }) => file.content !== old);
  if (changed.length === 0) return <EmptyState title={t("changes_same")} />;
  const shown = changed.find(({ file }) => file.path === chosen) ?? changed[0];
  if (!shown) return null;
  return (
    <Stack gap={8} className={classes.changes}>
      <Select
        aria-label={t("changed_files")}
        w={280}
        allowDeselect={false}
        data={changed.map(({ file }) => file.path)}
        value={shown.file.path}
        onChange={setChosen}
      />
      <Text size="xs" c="dimmed">
        {edited ? t("changes_since_edit") : t("changes_since_base")}
      </Text>
      <div className={classes.diff}>
        <CodeDiff
          label={t("changes_of", { path: shown.file.path })}
          before={shown.old.replaceAll("\r\n", "\n")}
          after={shown.file.content.replaceAll("\r\n", "\n")}
          language={shown.file.language}
        />
      </div>
    </Stack>
  );
}
