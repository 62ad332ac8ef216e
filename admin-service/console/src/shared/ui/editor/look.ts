/** The editor in the console's colours, dark and light by the same variables. */

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword], class: "fw-code-keyword" },
  { tag: [tags.string, tags.attributeValue, tags.regexp], class: "fw-code-string" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: "fw-code-number" },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], class: "fw-code-comment" },
  { tag: [tags.tagName, tags.typeName, tags.className], class: "fw-code-type" },
  { tag: [tags.attributeName, tags.propertyName], class: "fw-code-property" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: "fw-code-function" },
  { tag: [tags.heading, tags.strong], class: "fw-code-strong" },
]);

const frame = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", backgroundColor: "transparent", color: "var(--mantine-color-text)" },
  "&.cm-focused": { outline: "2px solid var(--mantine-color-celadon-5)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mantine-font-family-monospace)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--mantine-color-text)", wordBreak: "normal" },
  ".cm-cursor": { borderLeftColor: "var(--mantine-color-text)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--mantine-color-dimmed)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--mantine-color-text) 4%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--mantine-color-celadon-5) 30%, transparent)",
  },
  ".cm-panels": { backgroundColor: "var(--fw-sunken)", color: "var(--mantine-color-text)" },
  ".cm-tooltip": { backgroundColor: "var(--fw-surface)", border: "1px solid var(--fw-line)", borderRadius: "6px" },
  ".cm-changedLine": { backgroundColor: "color-mix(in srgb, var(--mantine-color-celadon-5) 14%, transparent) !important" },
  // What was deleted and what is new reads in the text's own colour: grammar's colours would be too weak on these grounds.
  ".cm-deletedChunk *, .cm-changedText, .cm-changedText *": { color: "var(--mantine-color-text) !important" },
  ".cm-deletedChunk .cm-deletedText": { background: "color-mix(in srgb, var(--mantine-color-error) 22%, transparent) !important" },
  ".cm-changedLine .cm-changedText": { background: "color-mix(in srgb, var(--mantine-color-celadon-5) 30%, transparent) !important" },
  ".cm-deletedChunk": { backgroundColor: "var(--fw-bad-ground) !important" },
});

export const look: Extension = [frame, syntaxHighlighting(colours)];
