/** CodeMirror: a file with its marks, to read or to edit. Loaded lazily: use `CodeEditor`. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";

import "./code.css";
import { languageOf } from "./languages";
import { look } from "./look";

export interface Mark {
  /** From 1; null: the whole file, shown at its first line. */
  line: number | null;
  severity: "error" | "warning" | "info";
  message: string;
}

export interface EditorProps {
  value: string;
  language: string;
  label: string;
  marks?: readonly Mark[];
  onChange?: (value: string) => void;
  /** Scrolls to this line when it changes. */
  line?: number | null;
  wrap?: boolean;
}

export default function Editor({ value, language, label, marks, onChange, line, wrap = false }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  const first = useRef(value);
  useEffect(() => {
    changed.current = onChange;
  }, [onChange]);

  const editable = onChange !== undefined;
  useEffect(() => {
    if (!host.current) return undefined;
    const grammar = new Compartment();
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          search({ top: true }),
          // No Tab among them: the keyboard has to get out again.
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...foldKeymap]),
          EditorState.readOnly.of(!editable),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          wrap ? EditorView.lineWrapping : [],
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current?.(update.state.doc.toString());
          }),
          look,
          grammar.of([]),
        ],
      }),
    });
    view.current = made;
    void languageOf(language).then((extension) => {
      if (view.current === made) made.dispatch({ effects: grammar.reconfigure(extension) });
    });
    return () => {
      view.current = null;
      made.destroy();
    };
  }, [language, label, editable, wrap]);

  useEffect(() => {
    first.current = value;
    const shown = view.current;
    if (shown && shown.state.doc.toString() !== value) {
      shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: value } });
    }
  }, [value, language, label, editable, wrap]);

  useEffect(() => {
    const shown = view.current;
    if (shown) shown.dispatch(setDiagnostics(shown.state, (marks ?? []).map((mark) => diagnostic(mark, shown))));
  }, [marks, value, language, label, editable, wrap]);

  useEffect(() => {
    const shown = view.current;
    if (!shown || !line || line > shown.state.doc.lines) return;
    const at = shown.state.doc.line(line);
    shown.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
  }, [line, value]);

  return <div ref={host} style={{ height: "100%", minHeight: 0, overflow: "hidden" }} />;
}

function diagnostic(mark: Mark, view: EditorView): Diagnostic {
  const number = Math.min(Math.max(mark.line ?? 1, 1), view.state.doc.lines);
  const { from, to, text } = view.state.doc.line(number);
  const blank = text.length - text.trimStart().length;
  return { from: from + blank, to, severity: mark.severity, message: mark.message };
}
