/** A block of code with its language and a button that copies it. */

import { isValidElement, useRef, type ReactNode } from "react";

import { CopyButton } from "../CopyButton";
import classes from "./markdown.module.css";

export function CodeBlock({ children }: { children: ReactNode }) {
  const block = useRef<HTMLPreElement>(null);
  const className = isValidElement<{ className?: string }>(children) ? (children.props.className ?? "") : "";
  const language = /language-([\w+-]+)/.exec(className)?.[1] ?? "";
  return (
    <div className={classes.block}>
      <div className={classes.bar}>
        <span>{language}</span>
        <CopyButton text={() => block.current?.textContent ?? ""} />
      </div>
      {/* A block that scrolls has to be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre ref={block} tabIndex={0}>
        {children}
      </pre>
    </div>
  );
}
