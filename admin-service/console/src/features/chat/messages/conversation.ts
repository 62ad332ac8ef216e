/** What a session shows: stored messages, and what the socket says of them while they are written. */

import type { Gateway } from "@/shared/api/client";

import type { Frame } from "../socket/ChatSocket";

export type Message = Gateway["MessageResponse"];

export interface Pending {
  clientId: string;
  text: string;
}

export interface Conversation {
  /** Oldest first. */
  messages: readonly Message[];
  /** Sent from here, and not yet seen in the session. */
  pending: readonly Pending[];
  /** What a model considered, by message. */
  thinking: Readonly<Record<string, string>>;
  running: boolean;
  online: number;
  othersType: boolean;
  /** An error that belongs to no message. */
  error: string | null;
  /** Messages that began since the stored ones were last asked for: the answer may not know of them. */
  fresh: readonly string[];
}

export const EMPTY: Conversation = {
  messages: [],
  pending: [],
  thinking: {},
  running: false,
  online: 1,
  othersType: false,
  error: null,
  fresh: [],
};

export type Change =
  | { kind: "loaded"; messages: readonly Message[] }
  | { kind: "reading" }
  | { kind: "reloaded"; messages: readonly Message[] }
  | { kind: "sent"; pending: Pending }
  | { kind: "removed"; ids: readonly string[] }
  | { kind: "emptied" }
  | { kind: "error_seen" }
  | { kind: "frame"; frame: Frame };

export function reduce(before: Conversation, change: Change): Conversation {
  switch (change.kind) {
    case "loaded":
      return { ...before, messages: merged(before.messages, change.messages) };
    case "reading":
      return { ...before, fresh: [] };
    case "emptied":
      return { ...before, messages: [] };
    case "reloaded": {
      const first = change.messages[0];
      const older = first ? before.messages.filter((message) => message.turn < first.turn) : [];
      const live = before.messages.filter((message) => message.status === "streaming" || before.fresh.includes(message.id));
      return { ...before, messages: merged(live, [...older, ...change.messages]) };
    }
    case "sent":
      return { ...before, pending: [...before.pending, change.pending], error: null };
    case "removed":
      return { ...before, messages: before.messages.filter((message) => !change.ids.includes(message.id)) };
    case "error_seen":
      return { ...before, error: null };
    case "frame":
      return framed(before, change.frame);
  }
}

/** What is being written here knows more than what was stored. */
function merged(known: readonly Message[], stored: readonly Message[]): Message[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of stored) {
    const live = byId.get(message.id);
    if (live?.status !== "streaming" || message.status !== "streaming") byId.set(message.id, message);
  }
  return [...byId.values()].sort((a, b) => a.turn - b.turn || rank(a) - rank(b) || a.created_at.localeCompare(b.created_at));
}

function rank(message: Message): number {
  return message.role === "assistant" ? 1 : 0;
}

function framed(before: Conversation, frame: Frame): Conversation {
  switch (frame.type) {
    case "resume":
      return { ...before, running: typeof frame.running === "string" };
    case "user_message":
      return begun(before, frame);
    case "ai_chunk":
      return changed(before, text(frame.message_id), (message) => ({
        ...message,
        content: message.content + text(frame.chunk),
      }));
    case "delta":
      return frame.channel === "reasoning" ? considered(before, frame) : before;
    case "reset":
      return changed(before, text(frame.message_id), (message) => ({ ...message, content: "" }));
    case "ai_complete": {
      const done = frame.message as Message;
      return { ...before, running: false, messages: merged(before.messages.filter((one) => one.id !== done.id), [done]) };
    }
    case "error":
      return failed(before, frame);
    case "presence":
      return { ...before, online: typeof frame.online === "number" ? frame.online : before.online };
    case "typing":
      return frame.author === "user" ? { ...before, othersType: frame.typing === true } : before;
    default:
      return before;
  }
}

function begun(before: Conversation, frame: Frame): Conversation {
  const at = text(frame.at) || new Date().toISOString();
  const shared = { session_id: "", turn: Number(frame.turn), created_at: at, generation_id: text(frame.generation_id) };
  const asked = { ...BLANK, ...shared, id: text(frame.message_id), role: "user", content: text(frame.message) } as Message;
  const answer = { ...BLANK, ...shared, id: text(frame.answer_id), role: "assistant", status: "streaming" } as Message;
  const others = before.messages.filter((message) => message.id !== asked.id && message.id !== answer.id);
  return {
    ...before,
    running: true,
    othersType: false,
    error: null,
    fresh: [...before.fresh, asked.id, answer.id],
    pending: before.pending.filter((one) => one.clientId !== frame.client_id),
    messages: merged(others, [asked, answer]),
  };
}

const BLANK: Partial<Message> = { content: "", status: "complete", warnings: [], citations: [], degraded: false, problem: null };

function failed(before: Conversation, frame: Frame): Conversation {
  const message = text(frame.message);
  const pending = before.pending.filter((one) => one.clientId !== frame.client_id);
  if (typeof frame.seq !== "number") return { ...before, pending, error: message };
  const ended = changed(before, text(frame.message_id), (one) => ({
    ...one,
    status: "failed",
    problem: { code: text(frame.code), detail: message } as Message["problem"],
  }));
  return { ...ended, running: false, pending };
}

function considered(before: Conversation, frame: Frame): Conversation {
  const id = text(frame.message_id);
  return { ...before, thinking: { ...before.thinking, [id]: (before.thinking[id] ?? "") + text(frame.text) } };
}

function changed(before: Conversation, id: string, change: (message: Message) => Message): Conversation {
  const at = before.messages.findIndex((message) => message.id === id);
  const message = before.messages[at];
  if (!message) return before;
  return { ...before, messages: before.messages.with(at, change(message)) };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
