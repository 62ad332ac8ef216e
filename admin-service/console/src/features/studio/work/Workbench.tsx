/** What came of a generation: the picture, the code, the table of its columns, and what changed. */

import { Button, Group, SegmentedControl, Skeleton, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconCheck, IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Gateway } from "@/shared/api/client";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { Run } from "../run/events";
import { AcceptDialog } from "./AcceptDialog";
import { Changes } from "./Changes";
import { Files } from "./Files";
import { Preview } from "./Preview";
import { SpecTable } from "./SpecTable";
import { sortedFiles, useFiles } from "./useFiles";
import classes from "./workbench.module.css";

type View = "split" | "preview" | "code" | "table" | "changes";

interface Props {
  id: string;
  run: Run;
  result: Gateway["GenerationResult"] | undefined;
}

export function Workbench({ id, run, result }: Props) {
  const { t } = useTranslation("studio");
  const wide = useMediaQuery("(min-width: 1400px)", false, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState<View | null>(null);
  const [accepting, setAccepting] = useState(false);
  const [edits, setEdits] = useState<Record<string, string>>({});
  const version = result?.spec_version ?? 0;
  const ended = result?.ended_at != null;
  const stored = useFiles(id, version, ended);
  const files = sortedFiles(stored.data ?? run.files);
  const hasSpec = version > 0 || run.spec !== null;
  if (files.length === 0 && !hasSpec) return <Waiting run={run} />;
  const view = chosen ?? (hasSpec ? (wide ? "split" : "preview") : "code");
  const views: View[] = hasSpec ? [...(wide ? (["split"] as const) : []), "preview", "code", "table", "changes"] : ["code"];
  const code = <Files files={files} edits={edits} onEdit={(path, text) => { setEdits(edited(edits, files, path, text)); }} />;
  return (
    <section className={classes.bench} aria-label={t("result")}>
      <Group className={classes.bar} justify="space-between">
        <Title order={1} size="h4" className={classes.title}>
          {run.spec?.title ?? result?.intent?.screen?.title ?? t("result")}
        </Title>
        <Group gap={8}>
          <Button
            component="a"
            variant="default"
            href={`/api/v1/generations/${id}/archive`}
            download
            leftSection={<IconDownload size={16} />}
            data-disabled={ended ? undefined : true}
          >
            {t("download")}
          </Button>
          <Button leftSection={<IconCheck size={16} />} disabled={!ended} onClick={() => { setAccepting(true); }}>
            {t("accept")}
          </Button>
        </Group>
      </Group>
      <div className={classes.views}>
        <SegmentedControl
          aria-label={t("view")}
          size="sm"
          value={view}
          onChange={(value) => { setChosen(value as View); }}
          data={views.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
        {version > 1 ? (
          <Text size="xs" c="dimmed">
            {t("version", { version })}
          </Text>
        ) : null}
      </div>
      <ProblemAlert problem={stored.error} onRetry={() => void stored.refetch()} />
      <div className={classes.body} data-view={view}>
        {view === "preview" || view === "split" ? <Preview id={id} version={version} ready={ended} /> : null}
        {view === "code" || view === "split" ? code : null}
        {view === "table" ? <SpecTable id={id} ended={ended} onEmitted={() => { setEdits({}); setChosen(null); }} /> : null}
        {view === "changes" ? <Changes id={id} version={version} files={files} baseId={result?.base_generation_id ?? null} /> : null}
      </div>
      <AcceptDialog id={id} opened={accepting} onClose={() => { setAccepting(false); }} files={files} edits={edits} />
    </section>
  );
}

/** What was typed over a file; none where it is again as it came. */
function edited(edits: Record<string, string>, files: { path: string; content: string }[], path: string, text: string) {
  const others = Object.fromEntries(Object.entries(edits).filter(([one]) => one !== path));
  const came = files.find((file) => file.path === path)?.content.replaceAll("\r\n", "\n");
  return text === came ? others : { ...others, [path]: text };
}

function Waiting({ run }: { run: Run }) {
  const { t } = useTranslation("studio");
  if (run.end !== null) {
    return (
      <section className={classes.bench} aria-label={t("result")}>
        <EmptyState title={t("no_files")} text={t("no_files_text")} />
      </section>
    );
  }
  return (
    <section className={classes.bench} aria-label={t("result")} aria-busy="true">
      <div className={classes.waiting} aria-hidden>
        <Skeleton height={34} width="40%" />
        <Skeleton height={64} mt={18} />
        <Skeleton height={340} mt={18} />
      </div>
    </section>
  );
}
