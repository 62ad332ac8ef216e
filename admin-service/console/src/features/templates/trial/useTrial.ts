/** One trial as it goes: the prompt as it was sent, the answer as it comes, its end or why there is none. */

import { useEffect, useRef, useState } from "react";

import type { Admin } from "@/shared/api/client";
import { streamOf } from "@/shared/api/stream";

import type { TemplatePath } from "../edit/useDraft";
import type { Order } from "./sample";

export type Prompt = Admin["TrialPromptResponse"];

export interface End {
  engine: string | null;
  model: string | null;
  finish_reason: string | null;
  usage: { prompt_tokens?: number; completion_tokens?: number } | null;
  ms: number;
  first_ms: number | null;
}

export interface Trial {
  running: boolean;
  prompt: Prompt | null;
  answer: string;
  reasoning: string;
  end: End | null;
  problem: unknown;
}

const NOTHING: Trial = { running: false, prompt: null, answer: "", reasoning: "", end: null, problem: null };

export function useTrial({ framework, name }: TemplatePath) {
  const [trial, setTrial] = useState<Trial>(NOTHING);
  const current = useRef<AbortController | null>(null);
  const change = (part: (before: Trial) => Partial<Trial>) => { setTrial((before) => ({ ...before, ...part(before) })); };
  useEffect(() => () => { current.current?.abort(); }, []);

  const run = async (order: Order) => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    setTrial({ ...NOTHING, running: true });
    try {
      const path = `/api/admin/templates/${encodeURIComponent(framework)}/${encodeURIComponent(name)}/trial`;
      for await (const { type, data } of streamOf(path, order, controller.signal)) {
        if (type === "prompt") change(() => ({ prompt: JSON.parse(data) as Prompt }));
        else if (type === "completed") change(() => ({ end: JSON.parse(data) as End }));
        else if (type === "delta") {
          const { channel, text } = JSON.parse(data) as { channel: "answer" | "reasoning"; text: string };
          change((before) => ({ [channel]: before[channel] + text }));
        }
      }
      change(() => ({ running: false }));
    } catch (problem) {
      if (current.current === controller) change(() => ({ running: false, problem: controller.signal.aborted ? null : problem }));
    }
  };
  return { trial, run: (order: Order) => void run(order), stop: () => { current.current?.abort(); } };
}
