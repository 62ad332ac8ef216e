/** The sessions, the last used first; a search through titles and messages. */

import { ActionIcon, Button, Group, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconMessagePlus, IconSearch, IconUpload } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { dataOf, gateway, json } from "@/shared/api/client";
import { notifyDone, notifyProblem } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { SessionList, type Entry } from "./SessionList";
import classes from "./sessions.module.css";

const PAGE = 100;

export function Sessions({ current, onChosen }: { current: string | null; onChosen: () => void }) {
  const { t } = useTranslation("chat");
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 200);
  const list = useInfiniteQuery({
    queryKey: ["sessions", "list"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      dataOf(gateway.GET("/api/sessions", { params: { query: { kind: "chat", limit: PAGE, cursor: pageParam } } })),
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
  const found = useQuery({
    queryKey: ["sessions", "search", q],
    enabled: q !== "",
    queryFn: () => dataOf(gateway.GET("/api/sessions/search", { params: { query: { q, limit: 50 } } })),
    placeholderData: (before) => before,
  });
  const entries: Entry[] = useMemo(() => {
    if (q === "") return list.data?.pages.flatMap((page) => page.items.map((session) => ({ session }))) ?? [];
    const seen = new Set<string>();
    return (found.data?.items ?? []).flatMap(({ session, snippet, highlights }) => {
      if (seen.has(session.id) || session.kind !== "chat") return [];
      seen.add(session.id);
      return [{ session, snippet, highlights: highlights as [number, number][] }];
    });
  }, [q, list.data, found.data]);
  return (
    <>
      <div className={classes.head}>
        <Group gap={8} wrap="nowrap">
          <Button component={Link} to="/chat" flex={1} leftSection={<IconMessagePlus size={17} />} onClick={onChosen}>
            {t("new")}
          </Button>
          <ImportButton />
        </Group>
        <TextInput
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => { setTyped(event.currentTarget.value); }}
        />
      </div>
      <ProblemAlert problem={list.error ?? found.error} onRetry={() => void list.refetch()} />
      <SessionList
        entries={entries}
        current={current}
        onChosen={onChosen}
        empty={list.isPending ? "" : q ? t("search_none") : t("none")}
        onEnd={() => { if (q === "" && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage(); }}
      />
    </>
  );
}

function ImportButton() {
  const { t } = useTranslation("chat");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const load = useMutation({
    mutationFn: async (file: File) =>
      json<{ session: { id: string } }>("/api/sessions/import", {
        method: "POST",
        body: await file.text(),
        headers: { "Content-Type": file.name.toLowerCase().endsWith(".md") ? "text/markdown" : "application/json" },
      }),
    onSuccess: ({ session }) => {
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      notifyDone(t("imported"));
      void navigate(`/chat/${session.id}`);
    },
    onError: (error) => { notifyProblem(error, t); },
  });
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.md"
        data-testid="import"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) load.mutate(file);
        }}
      />
      <Tooltip label={t("import")}>
        <ActionIcon variant="default" size={36} aria-label={t("import")} loading={load.isPending} onClick={() => input.current?.click()}>
          <IconUpload size={17} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
