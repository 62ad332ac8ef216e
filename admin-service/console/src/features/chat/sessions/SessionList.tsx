/** Sessions as a virtualised list of links. */

import { Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import type { Gateway } from "@/shared/api/client";

import { SessionMenu } from "./SessionMenu";
import classes from "./sessions.module.css";

export type Session = Gateway["SessionResponse"];

export interface Entry {
  session: Session;
  snippet?: string;
  /** Where the words of the search stand in the snippet: start and length. */
  highlights?: readonly [number, number][];
}

interface Props {
  entries: readonly Entry[];
  current: string | null;
  onChosen: () => void;
  onEnd: () => void;
  empty: string;
}

export function SessionList({ entries, current, onChosen, onEnd, empty }: Props) {
  const { t } = useTranslation("chat");
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => entries[index]?.session.id ?? index,
    estimateSize: () => 58,
    overscan: 10,
  });
  const rows = virtualizer.getVirtualItems();
  const end = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (entries.length > 0 && end >= entries.length - 5) onEnd();
  }, [end, entries.length, onEnd]);
  return (
    <div ref={box} className={classes.box}>
      {entries.length === 0 && empty ? (
        <Text size="sm" c="dimmed" ta="center" py="lg" px="md" role="status">
          {empty}
        </Text>
      ) : null}
      <nav aria-label={t("sessions")} className={classes.track} style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => {
          const entry = entries[row.index];
          if (!entry) return null;
          return (
            <div
              key={row.key}
              ref={virtualizer.measureElement}
              data-index={row.index}
              className={classes.row}
              style={{ transform: `translateY(${String(row.start)}px)` }}
            >
              <NavLink to={`/chat/${entry.session.id}`} className={classes.link} onClick={onChosen}>
                <span className={classes.title}>{entry.session.title || t("untitled")}</span>
                <span className={classes.snippet}>
                  {entry.snippet === undefined ? (entry.session.last_message ?? "") : <Marked entry={entry} />}
                </span>
              </NavLink>
              <SessionMenu session={entry.session} current={entry.session.id === current} />
            </div>
          );
        })}
      </nav>
    </div>
  );
}

function Marked({ entry: { snippet = "", highlights = [] } }: { entry: Entry }) {
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const [start, length] of highlights) {
    if (start < at) continue;
    parts.push(snippet.slice(at, start), <mark key={start}>{snippet.slice(start, start + length)}</mark>);
    at = start + length;
  }
  return (
    <>
      {parts}
      {snippet.slice(at)}
    </>
  );
}
