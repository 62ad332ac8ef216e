/** A problem that leaves no page to show. */

import { Container } from "@mantine/core";

import type { ApiProblem } from "@/shared/api/problem";

import { ProblemAlert } from "./ProblemAlert";

export function ProblemPage({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  return (
    <Container size="sm" py={80} component="main">
      <ProblemAlert problem={problem} onRetry={onRetry} />
    </Container>
  );
}
