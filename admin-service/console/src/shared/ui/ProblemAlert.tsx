/** What went wrong, which field, and the number to find it by in the logs. */

import { Alert, Button, Code, List, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { asProblem, type ApiProblem } from "@/shared/api/problem";

interface Props {
  /** Anything thrown; nothing is shown for null. */
  problem: unknown;
  onRetry?: () => void;
  onClose?: () => void;
}

export function ProblemAlert({ problem: thrown, onRetry, onClose }: Props) {
  const { t } = useTranslation();
  if (thrown === null || thrown === undefined) return null;
  const problem = asProblem(thrown);
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      styles={{ root: { background: "var(--fw-bad-ground)" }, title: { color: "var(--fw-bad-text)" }, icon: { color: "var(--fw-bad-text)" } }}
      icon={<IconAlertTriangle />}
      title={problemTitle(problem, t)}
      withCloseButton={onClose !== undefined}
      closeButtonLabel={t("action.close")}
      onClose={onClose}
    >
      <ProblemDetail problem={problem} />
      {onRetry ? (
        <Button mt="xs" size="xs" variant="default" onClick={onRetry}>
          {t("action.retry")}
        </Button>
      ) : null}
    </Alert>
  );
}

export function ProblemDetail({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation();
  return (
    <>
      {problem.status > 0 && problem.detail ? <Text size="sm">{problem.detail}</Text> : null}
      {problem.errors.length > 0 ? (
        <List size="sm" mt={4}>
          {problem.errors.map((error) => (
            <List.Item key={`${error.field}:${error.message}`}>
              <Code>{error.field}</Code> {error.message}
            </List.Item>
          ))}
        </List>
      ) : null}
      {problem.retryAfterS !== null ? (
        <Text size="sm">{t("problem.retry_after", { count: problem.retryAfterS })}</Text>
      ) : null}
      {problem.traceId ? (
        <Text size="xs" c="dimmed" mt={4}>
          {t("problem.trace")} <Code>{problem.traceId}</Code>
        </Text>
      ) : null}
    </>
  );
}

/** In the reader's language where the code is known, else as the service says it. */
export function problemTitle(problem: ApiProblem, t: (key: string, options?: Record<string, unknown>) => string): string {
  const ofStatus = t(`common:problem.status.${String(problem.status)}`, { defaultValue: problem.title || t("common:problem.unknown") });
  return t(`common:problem.code.${problem.code}`, { defaultValue: ofStatus });
}
