/** The messages, virtualised: a thousand scroll as one. Stays at the end while the reader is there. */

import { ActionIcon, Button, Center } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { notifyProblem } from "@/shared/ui/notify";

import classes from "./messages.module.css";
import type { Conversation, Message } from "./conversation";
import { MessageView, PendingView } from "./MessageView";

const NEAR_END_PX = 80;

interface Props {
  conversation: Conversation;
  older: (() => Promise<void>) | null;
  onRetry: (message: Message) => void;
  onEdit: (message: Message) => void;
}

type Item = { key: string; message: Message } | { key: string; pending: string };

export function MessageList({ conversation, older, onRetry, onEdit }: Props) {
  const { t } = useTranslation("chat");
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [loadingOlder, setLoadingOlder] = useState(false);
  const { messages, pending } = conversation;
  const items = useMemo<Item[]>(
    () => [
      ...messages.map((message) => ({ key: message.id, message })),
      ...pending.map((one) => ({ key: one.clientId, pending: one.text })),
    ],
    [messages, pending],
  );
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: () => 120,
    overscan: 6,
  });
  const last = conversation.messages.at(-1);
  const length = items.length;
  const written = last?.content.length ?? 0;
  const height = virtualizer.getTotalSize();
  useLayoutEffect(() => {
    const list = box.current;
    if (atEnd && list) list.scrollTop = list.scrollHeight;
  }, [length, written, height, atEnd]);
  useEffect(() => {
    if (conversation.pending.length > 0) setAtEnd(true);
  }, [conversation.pending.length]);

  async function loadOlder() {
    const list = box.current;
    if (!older || !list) return;
    setLoadingOlder(true);
    const fromEnd = list.scrollHeight - list.scrollTop;
    try {
      await older();
    } catch (error) {
      notifyProblem(error, t);
      return;
    } finally {
      setLoadingOlder(false);
    }
    requestAnimationFrame(() => {
      list.scrollTop = list.scrollHeight - fromEnd;
    });
  }

  return (
    <div className={classes.frame}>
      <div
        ref={box}
        className={classes.list}
        role="log"
        aria-label={t("messages")}
        aria-live="off"
        // A box that scrolls has to be reachable by the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={(event) => {
          const list = event.currentTarget;
          setAtEnd(list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX);
        }}
      >
        {older ? (
          <Center py="sm">
            <Button size="xs" variant="default" loading={loadingOlder} onClick={() => void loadOlder()}>
              {t("older")}
            </Button>
          </Center>
        ) : null}
        <div className={classes.track} style={{ height }}>
          {virtualizer.getVirtualItems().map((row) => {
            const item = items[row.index];
            if (!item) return null;
            return (
              <div
                key={row.key}
                ref={virtualizer.measureElement}
                data-index={row.index}
                className={classes.row}
                style={{ transform: `translateY(${String(row.start)}px)` }}
              >
                {"message" in item ? (
                  <MessageView
                    message={item.message}
                    thinking={conversation.thinking[item.message.id] ?? ""}
                    busy={conversation.running}
                    onRetry={onRetry}
                    onEdit={onEdit}
                  />
                ) : (
                  <PendingView text={item.pending} />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {atEnd ? null : (
        <ActionIcon
          className={classes.toEnd}
          variant="default"
          radius="xl"
          size={36}
          aria-label={t("to_end")}
          onClick={() => {
            setAtEnd(true);
          }}
        >
          <IconArrowDown size={18} />
        </ActionIcon>
      )}
    </div>
  );
}
