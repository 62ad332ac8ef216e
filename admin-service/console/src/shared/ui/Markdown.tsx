/** Markdown whose code is loaded when the first is shown; the plain text until then, so that nothing jumps. */

import { lazy, memo, Suspense } from "react";

const Rendered = lazy(() => import("./markdown/Rendered"));

export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<div style={{ whiteSpace: "pre-wrap" }}>{text}</div>}>
      <Rendered text={text} />
    </Suspense>
  );
});
