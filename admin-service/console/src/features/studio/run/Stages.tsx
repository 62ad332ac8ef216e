/** The stages of the pipeline, as they come and go. */

import { Loader, Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconChevronDown, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Run, Stage } from "./events";
import classes from "./generation.module.css";

export function Stages({ run }: { run: Run }) {
  const { t, i18n } = useTranslation("studio");
  const [opened, setOpened] = useState(true);
  const current = run.stages.findLast((stage) => stage.status === "started");
  const says = run.end ? t(`end.${run.end}`) : current ? stageName(current.name, t, i18n.exists) : t("starting");
  const total = run.stages.reduce((sum, stage) => sum + (stage.ms ?? 0), 0);
  return (
    <div className={classes.stages}>
      <UnstyledButton
        className={classes.stagesHead}
        aria-expanded={opened}
        onClick={() => {
          setOpened(!opened);
        }}
      >
        <span role="status" aria-live="polite">
          {run.end === null ? <Loader size={14} mr={8} aria-hidden /> : null}
          {says}
          {run.queuePosition === null ? "" : ` · ${t("queue", { place: run.queuePosition })}`}
        </span>
        <span className={classes.stagesEnd}>
          {run.end ? t("seconds", { value: (total / 1000).toFixed(1) }) : null}
          <IconChevronDown size={16} aria-hidden data-open={opened || undefined} className={classes.chevron} />
        </span>
      </UnstyledButton>
      {opened ? (
        <ol className={classes.stageList}>
          {run.stages.map((stage) => (
            <StageLine key={stage.name} stage={stage} progress={stage === current ? run.progress : null} ended={run.end !== null} />
          ))}
        </ol>
      ) : null}
    </div>
  );
}

function StageLine({ stage, progress, ended }: { stage: Stage; progress: string | null; ended: boolean }) {
  const { t, i18n } = useTranslation("studio");
  const runs = stage.status === "started" && !ended;
  return (
    <li className={classes.stage} data-running={runs || undefined}>
      <span className={classes.stageSign} data-status={stage.status} aria-hidden>
        {runs ? <Loader size={12} /> : stage.status === "failed" ? <IconX size={12} /> : stage.fallback ? <IconAlertTriangle size={12} /> : <IconCheck size={12} />}
      </span>
      <div className={classes.stageText}>
        <span>
          {stageName(stage.name, t, i18n.exists)}
          {stage.status === "failed" ? ` – ${t("failed")}` : ""}
          {stage.fallback ? ` – ${t("fallback")}` : ""}
        </span>
        {stage.summary || progress ? (
          <Text size="xs" c="dimmed" span>
            {progress ?? stage.summary}
          </Text>
        ) : null}
      </div>
      <span className={classes.stageTime}>{stage.ms === null ? "" : duration(stage.ms)}</span>
    </li>
  );
}

function duration(ms: number): string {
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A stage that a later service adds is shown by its own name. */
function stageName(name: string, t: (key: string) => string, exists: (key: string) => boolean): string {
  return exists(`studio:stage.${name}`) ? t(`stage.${name}`) : name;
}
