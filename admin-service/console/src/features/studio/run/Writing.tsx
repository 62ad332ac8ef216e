/** What the engine is writing, while it does; afterwards its words, without the spec that became files. */

import { Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Markdown } from "@/shared/ui/Markdown";

import type { Run } from "./events";
import classes from "./generation.module.css";

const TAIL = 900;

export function Writing({ run }: { run: Run }) {
  const { t } = useTranslation("studio");
  const [thinking, setThinking] = useState(false);
  const answersInWords = run.spec === null && run.files.length === 0 && run.end !== null;
  return (
    <>
      {run.thinking ? (
        <div>
          <UnstyledButton
            className={classes.thinkingHead}
            aria-expanded={thinking}
            onClick={() => {
              setThinking(!thinking);
            }}
          >
            {t("thinking")}
          </UnstyledButton>
          {thinking ? (
            <Text size="sm" c="dimmed" className={classes.thinking}>
              {run.thinking}
            </Text>
          ) : null}
        </div>
      ) : null}
      {answersInWords ? <Markdown text={run.writing} /> : null}
      {run.writing && run.end === null ? (
        <pre className={classes.writing} aria-hidden>
          {run.writing.slice(-TAIL)}
        </pre>
      ) : null}
    </>
  );
}
