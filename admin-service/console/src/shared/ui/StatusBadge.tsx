/** A state in a word and a colour; the word alone says it too. */

import { Badge } from "@mantine/core";

export type Tone = "good" | "warn" | "bad" | "accent" | "quiet";

export function StatusBadge({ tone, children }: { tone: Tone; children: string }) {
  const quiet = tone === "quiet";
  return (
    <Badge
      radius="sm"
      tt="none"
      fw={600}
      styles={{
        root: {
          background: quiet ? "var(--fw-sunken)" : `var(--fw-${tone}-ground)`,
          color: quiet ? "var(--mantine-color-dimmed)" : `var(--fw-${tone}-text)`,
          border: "none",
        },
      }}
    >
      {children}
    </Badge>
  );
}
