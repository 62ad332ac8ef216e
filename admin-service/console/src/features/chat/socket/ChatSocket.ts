/** One session's WebSocket: comes back by itself, goes on after the last frame, sends again what may not have arrived. */

export type Frame = { type: string; seq?: number } & Record<string, unknown>;

export interface SocketEvents {
  onFrame: (frame: Frame) => void;
  onConnection: (connected: boolean) => void;
  /** The session is gone, or the sign-in is over: nothing more comes. */
  onEnd: (reason: "signed_out" | "deleted") => void;
}

const PAUSES_MS = [200, 500, 1_000, 2_000, 4_000];
const PING_MS = 15_000;
const CLOSED_SIGNED_OUT = 4401;
const CLOSED_DELETED = 4404;

export interface Outgoing {
  client_id: string;
  message: string;
}

export class ChatSocket {
  private socket: WebSocket | null = null;
  private lastSeq: number | null = null;
  private failures = 0;
  private closed = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pinger: ReturnType<typeof setInterval> | undefined;
  private awaitingPong = false;
  /** Sent, and not yet seen in the session: sent again after a loss; the same id is no second turn. */
  private readonly outbox = new Map<string, Outgoing>();

  constructor(
    private readonly sessionId: string,
    private readonly events: SocketEvents,
    private readonly makeSocket: (url: string) => WebSocket = (url) => new WebSocket(url),
  ) {
    globalThis.addEventListener("online", this.retryNow);
    globalThis.addEventListener("offline", this.drop);
    this.connect();
  }

  send(message: string, clientId: string): void {
    const outgoing = { client_id: clientId, message };
    this.outbox.set(clientId, outgoing);
    this.write({ type: "chat_message", ...outgoing });
  }

  cancel(): void {
    this.write({ type: "cancel" });
  }

  typing(typing: boolean): void {
    this.write({ type: "typing", typing });
  }

  answer(questionId: string, value: string): void {
    this.write({ type: "answer", question_id: questionId, value });
  }

  close(): void {
    this.closed = true;
    globalThis.removeEventListener("online", this.retryNow);
    globalThis.removeEventListener("offline", this.drop);
    clearTimeout(this.timer);
    clearInterval(this.pinger);
    this.socket?.close(1000);
    this.socket = null;
  }

  private write(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private readonly retryNow = (): void => {
    if (this.socket === null && !this.closed) {
      clearTimeout(this.timer);
      this.connect();
    }
  };

  /** The browser says that there is no network: a close that needs it would wait for a long time. */
  private readonly drop = (): void => {
    const socket = this.socket;
    if (socket) {
      this.lost(socket, 1006);
      socket.close();
    }
  };

  private connect(): void {
    const query = this.lastSeq === null ? "" : `?resume_from=${String(this.lastSeq)}`;
    const url = new URL(`/ws/chat/${this.sessionId}${query}`, location.origin);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = this.makeSocket(url.href);
    this.socket = socket;
    socket.onmessage = (event: MessageEvent<string>) => {
      if (this.socket === socket) this.receive(JSON.parse(event.data) as Frame);
    };
    socket.onclose = (event) => {
      this.lost(socket, event.code);
    };
  }

  private receive(frame: Frame): void {
    if (frame.type === "pong") {
      this.awaitingPong = false;
      return;
    }
    if (typeof frame.seq === "number") {
      if (this.lastSeq !== null && frame.seq <= this.lastSeq) return;
      this.lastSeq = frame.seq;
    }
    if (frame.type === "resume") this.opened(frame);
    if (frame.type === "user_message" && typeof frame.client_id === "string") this.outbox.delete(frame.client_id);
    if (frame.type === "error" && typeof frame.client_id === "string") this.outbox.delete(frame.client_id);
    this.events.onFrame(frame);
  }

  private opened(frame: Frame): void {
    this.failures = 0;
    this.lastSeq ??= typeof frame.from === "number" ? frame.from : null;
    this.events.onConnection(true);
    for (const outgoing of this.outbox.values()) this.write({ type: "chat_message", ...outgoing });
    clearInterval(this.pinger);
    this.awaitingPong = false;
    this.pinger = setInterval(() => {
      if (this.awaitingPong) this.drop();
      else {
        this.awaitingPong = true;
        this.write({ type: "ping", id: "alive" });
      }
    }, PING_MS);
  }

  private lost(socket: WebSocket, code: number): void {
    if (this.socket !== socket) return;
    this.socket = null;
    clearInterval(this.pinger);
    if (this.closed) return;
    if (code === CLOSED_SIGNED_OUT || code === CLOSED_DELETED) {
      this.events.onEnd(code === CLOSED_DELETED ? "deleted" : "signed_out");
      return;
    }
    this.events.onConnection(false);
    const pause = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => {
      if (this.socket === null && !this.closed) this.connect();
    }, pause);
  }
}
