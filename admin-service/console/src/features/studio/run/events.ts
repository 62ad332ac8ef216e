/** What a generation's events say, gathered as they come. */

import type { StreamEvent } from "@/shared/api/event_stream";

import type { Spec } from "../work/spec";

export interface Stage {
  name: string;
  status: "started" | "completed" | "failed";
  ms: number | null;
  summary: string;
  fallback: boolean;
}

export interface Question {
  id: string;
  text: string;
  choices: { value: string; label: string }[];
  preset: string | null;
  expiresAt: string | null;
}

export interface Fix {
  rule: string;
  message: string;
  line: number | null;
}

export interface Diagnostic extends Fix {
  severity: string;
}

export interface File {
  path: string;
  language: string;
  content: string;
  fixes: Fix[];
  diagnostics: Diagnostic[];
}

export interface Run {
  prompt: string;
  stages: Stage[];
  progress: string | null;
  queuePosition: number | null;
  questions: Question[];
  /** What the engine writes, as it writes it. */
  writing: string;
  thinking: string;
  spec: Spec | null;
  files: File[];
  warnings: { code: string; message: string }[];
  end: "completed" | "failed" | "cancelled" | null;
}

export const NOTHING_YET: Run = {
  prompt: "",
  stages: [],
  progress: null,
  queuePosition: null,
  questions: [],
  writing: "",
  thinking: "",
  spec: null,
  files: [],
  warnings: [],
  end: null,
};

type Data = Record<string, unknown>;

export function apply(run: Run, event: StreamEvent): Run {
  const data = JSON.parse(event.data) as Data;
  switch (event.type) {
    case "created":
      return { ...run, prompt: text(data.prompt) };
    case "stage":
      return staged(run, data);
    case "progress":
      return { ...run, progress: text(data.message) || null, queuePosition: number(data.queue_position) };
    case "question":
      return { ...run, questions: [...run.questions, questionOf(data)] };
    case "delta":
      return data.channel === "reasoning"
        ? { ...run, thinking: run.thinking + text(data.text) }
        : { ...run, writing: run.writing + text(data.text) };
    case "reset":
      return { ...run, writing: "", thinking: "" };
    case "spec":
      return { ...run, spec: data.spec as Spec };
    case "artifact":
      return { ...run, files: [...run.files.filter((file) => file.path !== data.path), data as unknown as File] };
    case "warning":
      return { ...run, warnings: [...run.warnings, { code: text(data.code), message: text(data.message) }] };
    case "completed":
    case "failed":
    case "cancelled":
      return { ...run, end: event.type, questions: [], progress: null };
    default:
      return run;
  }
}

function staged(run: Run, data: Data): Run {
  const stage: Stage = {
    name: text(data.stage),
    status: data.status as Stage["status"],
    ms: number(data.ms),
    summary: text(data.summary),
    fallback: data.fallback === true || (typeof data.fallback === "string" && data.fallback !== ""),
  };
  const at = run.stages.findIndex((one) => one.name === stage.name);
  const stages = at === -1 ? [...run.stages, stage] : run.stages.map((one, index) => (index === at ? stage : one));
  return { ...run, stages, progress: null, queuePosition: null };
}

function questionOf(data: Data): Question {
  return {
    id: text(data.question_id),
    text: text(data.text),
    choices: Array.isArray(data.choices) ? (data.choices as Question["choices"]) : [],
    preset: typeof data.default === "string" ? data.default : null,
    expiresAt: typeof data.expires_at === "string" ? data.expires_at : null,
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
