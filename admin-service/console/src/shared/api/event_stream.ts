/** Server-sent events over fetch: reads frames however the network cuts them (WHATWG HTML, 9.2.6). */

export interface StreamEvent {
  id: string;
  type: string;
  data: string;
}

/** `onBytes` hears of every arrival, comments too: a stream that is silent for longer than they come is dead. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void = () => undefined,
): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const frames = new FrameParser();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      onBytes();
      yield* frames.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

class FrameParser {
  private buffer = "";
  private id = "";
  private type = "";
  private data: string[] = [];

  *push(text: string): Generator<StreamEvent> {
    this.buffer += text;
    const lines = this.buffer.split("\n");
    this.buffer = lines.pop() ?? "";
    for (const raw of lines) {
      const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
      if (line !== "") this.field(line);
      else {
        if (this.data.length > 0) yield { id: this.id, type: this.type || "message", data: this.data.join("\n") };
        this.type = "";
        this.data = [];
      }
    }
  }

  private field(line: string): void {
    const colon = line.indexOf(":");
    const name = colon === -1 ? line : line.slice(0, colon);
    const text = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.data.push(text);
    else if (name === "event") this.type = text;
    else if (name === "id") this.id = text;
  }
}
