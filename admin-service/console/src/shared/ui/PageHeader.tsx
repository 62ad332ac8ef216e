/** A page's heading with its actions; sets the browser tab's title too. */

import { Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, type ReactNode } from "react";

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Framewright` : "Framewright";
  }, [title]);
}

interface Props {
  title: string;
  text?: string;
  /** Buttons at the right. */
  children?: ReactNode;
}

export function PageHeader({ title, text, children }: Props) {
  usePageTitle(title);
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
      <Stack gap={2}>
        <Title order={1} size="h2">
          {title}
        </Title>
        {text ? (
          <Text c="dimmed" size="sm" maw={680}>
            {text}
          </Text>
        ) : null}
      </Stack>
      {children ? <Group gap="xs">{children}</Group> : null}
    </Group>
  );
}
