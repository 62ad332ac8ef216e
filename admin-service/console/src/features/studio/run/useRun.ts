/** Follows a generation from its first event, live or long past. */

import { useEffect, useState } from "react";

import { follow } from "@/shared/api/follow";

import { apply, NOTHING_YET, type Run } from "./events";

export interface Followed {
  run: Run;
  connected: boolean;
  problem: unknown;
}

const NOTHING = { run: NOTHING_YET, connected: true, problem: null as unknown };

export function useRun(generationId: string): Followed {
  const [state, setState] = useState({ id: generationId, ...NOTHING });
  if (state.id !== generationId) setState({ id: generationId, ...NOTHING });
  useEffect(() => {
    const ended = new AbortController();
    let run = NOTHING_YET;
    let drawn = 0;
    const draw = () => {
      cancelAnimationFrame(drawn);
      // Events come in bursts: one drawing for all of a frame.
      drawn = requestAnimationFrame(() => {
        setState((before) => ({ ...before, run }));
      });
    };
    follow({
      path: `/api/v1/generations/${encodeURIComponent(generationId)}/events`,
      signal: ended.signal,
      onConnection: (connected) => {
        setState((before) => (before.connected === connected ? before : { ...before, connected }));
      },
      onEvent: (event) => {
        run = apply(run, event);
        draw();
        return run.end !== null;
      },
    }).catch((problem: unknown) => {
      if (!ended.signal.aborted) setState((before) => ({ ...before, problem }));
    });
    return () => {
      ended.abort();
      cancelAnimationFrame(drawn);
    };
  }, [generationId]);
  return { run: state.run, connected: state.connected, problem: state.problem };
}
