/** The gateway's log as admin-service passes it on. */

export const STATUSES = ["completed", "running", "waiting", "queued", "failed", "cancelled"] as const;
export const KINDS = ["generate", "modify", "question", "chat", "unsupported"] as const;

export interface LogLine {
  id: string;
  created_at: string;
  user_id: string;
  prompt: string;
  kind: string | null;
  status: string;
  framework: string | null;
  engine: string | null;
  degraded: boolean;
  duration_ms: number | null;
}

interface Hit {
  id: string;
  title?: string;
  score?: number;
}

export interface LogRecordDocument extends LogLine {
  mode: string;
  engine_model: string | null;
  intent: Record<string, unknown> | null;
  knowledge: Hit[] | null;
  retrieval: Record<string, unknown> | null;
  prompts: { messages?: { role: string; content: string }[] }[] | null;
  raw_answers: Record<string, unknown>[] | null;
  fixes: { rule: string; message: string }[] | null;
  diagnostics: { severity?: string; message: string }[] | null;
  artifacts: { path: string; size?: number; sha256?: string }[] | null;
  timings: Record<string, number> | null;
  usage: Record<string, number> | null;
  warnings: { code: string; message: string }[] | null;
  problem: { title?: string; detail?: string; code?: string } | null;
  feedback: { rating?: number | null; comment?: string | null } | null;
}
