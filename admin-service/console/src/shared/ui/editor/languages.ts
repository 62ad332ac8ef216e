/** The editor's grammars, each loaded when a file of it is first shown. */

import type { Extension } from "@codemirror/state";

export async function languageOf(name: string): Promise<Extension> {
  switch (name) {
    case "xml":
      return (await import("@codemirror/lang-xml")).xml();
    case "javascript":
    case "js":
      return (await import("@codemirror/lang-javascript")).javascript();
    case "typescript":
    case "tsx":
    case "ts":
      return (await import("@codemirror/lang-javascript")).javascript({ typescript: true, jsx: true });
    case "sql":
      return (await import("@codemirror/lang-sql")).sql();
    case "java":
      return (await import("@codemirror/lang-java")).java();
    case "html":
      return (await import("@codemirror/lang-html")).html();
    case "css":
      return (await import("@codemirror/lang-css")).css();
    case "json":
      return (await import("@codemirror/lang-json")).json();
    case "markdown":
      return (await import("@codemirror/lang-markdown")).markdown();
    default:
      return [];
  }
}
