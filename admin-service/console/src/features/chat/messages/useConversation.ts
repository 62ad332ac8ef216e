/** A session's conversation: what is stored, page by page, and what the socket adds while it is open. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";

import { signedOut } from "@/shared/api/csrf";
import { dataOf, gateway } from "@/shared/api/client";
import { newId } from "@/shared/api/ids";

import { ChatSocket, type Frame } from "../socket/ChatSocket";
import { EMPTY, reduce, type Change, type Conversation, type Message } from "./conversation";

const PAGE = 100;
const TYPING_MS = 3_000;

export interface Chatting {
  conversation: Conversation;
  connected: boolean;
  loading: boolean;
  problem: unknown;
  older: (() => Promise<void>) | null;
  send: (text: string) => void;
  stop: () => void;
  typing: () => void;
  remove: (messages: readonly Message[]) => Promise<void>;
  dismissError: () => void;
}

interface Options {
  sessionId: string;
  onNotification: (frame: Frame) => void;
  onDeleted: () => void;
}

export function useConversation({ sessionId, onNotification, onDeleted }: Options): Chatting {
  const [conversation, change] = useReducer(reduce, EMPTY);
  const [connected, setConnected] = useState(true);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<unknown>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const socket = useRef<ChatSocket | null>(null);
  const said = useRef(0);
  const queries = useQueryClient();
  const told = useRef({ onNotification, onDeleted });
  useEffect(() => {
    told.current = { onNotification, onDeleted };
  }, [onNotification, onDeleted]);

  useEffect(() => {
    let gone = false;
    let first = true;
    const read = async () => {
      try {
        change({ kind: "reading" });
        const page = await readPage(sessionId, null);
        if (gone) return;
        change({ kind: "reloaded", messages: page.items });
        if (first) setCursor(page.next_cursor ?? null);
        first = false;
        setProblem(null);
      } catch (error) {
        if (!gone) setProblem(error);
      } finally {
        if (!gone) setLoading(false);
      }
    };
    const opened = new ChatSocket(sessionId, {
      onConnection: setConnected,
      onEnd: (reason) => {
        if (reason === "signed_out") signedOut();
        else told.current.onDeleted();
      },
      onFrame: (frame) => {
        change({ kind: "frame", frame });
        // Read after the socket is open: whatever comes later comes through it.
        if (frame.type === "resume") void read();
        if (frame.type === "notification") {
          told.current.onNotification(frame);
          if (frame.session_id === sessionId) applyNotification(frame, change, () => void read());
        }
        if (frame.type === "ai_complete" || frame.type === "user_message") {
          void queries.invalidateQueries({ queryKey: ["sessions"] });
        }
      },
    });
    socket.current = opened;
    // Without a socket the conversation can still be read.
    const timer = setTimeout(() => void read(), 1_500);
    return () => {
      gone = true;
      clearTimeout(timer);
      opened.close();
      socket.current = null;
    };
  }, [sessionId, queries]);

  const older = useCallback(async () => {
    if (cursor === null) return;
    const page = await readPage(sessionId, cursor);
    change({ kind: "loaded", messages: page.items });
    setCursor(page.next_cursor ?? null);
  }, [sessionId, cursor]);

  return {
    conversation,
    connected,
    loading,
    problem,
    older: cursor === null ? null : older,
    send: useCallback((text: string) => {
      const clientId = newId();
      change({ kind: "sent", pending: { clientId, text } });
      socket.current?.send(text, clientId);
    }, []),
    stop: useCallback(() => {
      socket.current?.cancel();
    }, []),
    typing: useCallback(() => {
      const now = Date.now();
      if (now - said.current < TYPING_MS) return;
      said.current = now;
      socket.current?.typing(true);
    }, []),
    remove: useCallback(
      async (messages: readonly Message[]) => {
        for (const { id } of messages.toReversed()) {
          await gateway.DELETE("/api/sessions/{session_id}/messages/{message_id}", {
            params: { path: { session_id: sessionId, message_id: id } },
          });
        }
        change({ kind: "removed", ids: messages.map((message) => message.id) });
      },
      [sessionId],
    ),
    dismissError: useCallback(() => {
      change({ kind: "error_seen" });
    }, []),
  };
}

function readPage(sessionId: string, cursor: string | null) {
  return dataOf(
    gateway.GET("/api/sessions/{session_id}/messages", {
      params: { path: { session_id: sessionId }, query: { limit: PAGE, cursor } },
    }),
  );
}

/** What another window of the same session did to its messages. */
function applyNotification(frame: Frame, change: (change: Change) => void, read: () => void): void {
  if (frame.code === "message_updated") read();
  if (frame.code === "message_deleted" && typeof frame.message_id === "string") change({ kind: "removed", ids: [frame.message_id] });
  if (frame.code === "messages_deleted") change({ kind: "emptied" });
}
