/** Two versions of a file, the changes in place. Loaded lazily: use `CodeDiff`. */

import { unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";

import "./code.css";
import { languageOf } from "./languages";
import { look } from "./look";

export interface DiffProps {
  before: string;
  after: string;
  language: string;
  label: string;
}

export default function Diff({ before, after, language, label }: DiffProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return undefined;
    const parent = host.current;
    let made: EditorView | null = null;
    let gone = false;
    void languageOf(language).then((grammar) => {
      if (gone) return;
      made = new EditorView({
        parent,
        doc: after,
        extensions: [
          lineNumbers(),
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3 } }),
          look,
          grammar,
        ],
      });
    });
    return () => {
      gone = true;
      made?.destroy();
    };
  }, [before, after, language, label]);
  return <div ref={host} style={{ height: "100%", minHeight: 0, overflow: "hidden" }} />;
}
