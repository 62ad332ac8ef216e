/** The editor and the diff, whose code is loaded when one is first shown. */

import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";

import type { DiffProps } from "./editor/Diff";
import type { EditorProps } from "./editor/Editor";

const Editor = lazy(() => import("./editor/Editor"));
const Diff = lazy(() => import("./editor/Diff"));

export type { Mark } from "./editor/Editor";

export function CodeEditor(props: EditorProps) {
  return (
    <Suspense fallback={<Skeleton height="100%" radius={0} />}>
      <Editor {...props} />
    </Suspense>
  );
}

export function CodeDiff(props: DiffProps) {
  return (
    <Suspense fallback={<Skeleton height="100%" radius={0} />}>
      <Diff {...props} />
    </Suspense>
  );
}
