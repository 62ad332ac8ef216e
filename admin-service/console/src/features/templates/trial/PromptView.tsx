/** The prompt as it is sent: each message, what every section costs, and what there was no room for. */

import { Badge, Code, Group, Paper, ScrollArea, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { CopyButton } from "@/shared/ui/CopyButton";
import { useNumbers } from "@/shared/ui/numbers";

import type { Prompt } from "./useTrial";

export function PromptView({ prompt }: { prompt: Prompt }) {
  const { t } = useTranslation("templates");
  const numbers = useNumbers();
  const { total = 0, limit = 0, ...sections } = prompt.tokens;
  return (
    <Stack gap="sm" role="region" aria-label={t("trial.sent")}>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{t("trial.sent")}</Text>
        <Text size="sm" c="dimmed">{t("trial.tokens", { total: numbers.whole(total), limit: numbers.whole(limit) })}</Text>
      </Group>
      <Group gap={6}>
        {Object.entries(sections).filter(([, tokens]) => tokens > 0).map(([section, tokens]) => (
          <Badge key={section} variant="default" tt="none">{section} {numbers.whole(tokens)}</Badge>
        ))}
      </Group>
      {prompt.cut.map(({ section, dropped }) => (
        <Text key={section} size="sm">{t("trial.cut", { section, count: dropped })}</Text>
      ))}
      {prompt.warnings.map(({ code, message }) => (
        <Text key={code} size="sm">{message}</Text>
      ))}
      {prompt.messages.map((message, place) => (
        <Paper key={place} withBorder p="sm">
          <Group justify="space-between" mb={6}>
            <Badge variant="default" tt="none">{message.role}</Badge>
            <CopyButton text={message.content} />
          </Group>
          <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: 0, "aria-label": message.role }}>
            <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{message.content}</Code>
          </ScrollArea.Autosize>
        </Paper>
      ))}
    </Stack>
  );
}
