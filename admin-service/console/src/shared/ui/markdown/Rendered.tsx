/** Markdown without HTML of its own: sanitised, code highlighted. Loaded lazily: use `Markdown`. */

import ReactMarkdown, { type Components } from "react-markdown";
import rehypeHighlight from "rehype-highlight";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";

import "../editor/code.css";
import { CodeBlock } from "./CodeBlock";
import classes from "./markdown.module.css";

/** No images: a page in a closed network asks no other host, and no answer may make it. Links open outside. */
const schema: typeof defaultSchema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== "img" && name !== "picture" && name !== "source"),
  protocols: { ...defaultSchema.protocols, href: ["http", "https", "mailto"] },
};

/** One for all messages: each of its own would register every grammar again, which is most of a message's time. */
const highlight = rehypeHighlight({ detect: false });
const highlighted = () => highlight;

const components: Components = {
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  table: ({ children }) => (
    <div className={classes.table}>
      <table>{children}</table>
    </div>
  ),
};

export default function Rendered({ text }: { text: string }) {
  return (
    <div className={classes.markdown}>
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        // Sanitised first: the highlighter's own marks come after, from text alone.
        rehypePlugins={[[rehypeSanitize, schema], highlighted]}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
