/** One run of the index as it is told; leaving the page does not stop it. */

import { useEffect, useRef, useState } from "react";

import { streamOf } from "@/shared/api/stream";

interface Progress {
  phase: "waiting" | "comparing" | "entries" | "phrases";
  done: number;
  total: number;
}

interface Report {
  embedded: number;
  deleted: number;
  unchanged: number;
  ms: number;
}

export type Run =
  | { phase: "idle"; everything: boolean }
  | { phase: "running"; everything: boolean; step: Progress["phase"]; done: number; total: number }
  | { phase: "done"; everything: boolean; report: Report }
  | { phase: "failed"; everything: boolean; problem: unknown };

const BROKEN = new Error("The connection broke off; the run goes on. Look at the numbers above.");

export function useIndexRun(onEnd: () => void) {
  const [state, setState] = useState<Run>({ phase: "idle", everything: false });
  const left = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    left.current = controller;
    return () => { controller.abort(); };
  }, []);
  const start = async (everything: boolean) => {
    const { signal } = left.current;
    setState({ phase: "running", everything, step: "comparing", done: 0, total: 0 });
    try {
      let report: Report | null = null;
      for await (const event of streamOf(`/api/admin/knowledge_index?everything=${String(everything)}`, {}, signal)) {
        if (event.type === "progress") {
          const { phase, done, total } = JSON.parse(event.data) as Progress;
          setState({ phase: "running", everything, step: phase, done, total });
        } else if (event.type === "completed") report = JSON.parse(event.data) as Report;
      }
      setState(report ? { phase: "done", everything, report } : { phase: "failed", everything, problem: BROKEN });
    } catch (problem) {
      if (signal.aborted) return;
      setState({ phase: "failed", everything, problem });
    }
    onEnd();
  };
  return { state, start: (everything: boolean) => void start(everything) };
}
