/** Nothing here yet, and what to do about it. */

import { Stack, Text, Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  title: string;
  text?: string;
  icon?: Icon;
  children?: ReactNode;
}

export function EmptyState({ title, text, icon: Icon, children }: Props) {
  return (
    <Stack align="center" gap={8} py={64} px="md" ta="center">
      {Icon ? <Icon size={36} stroke={1.3} color="var(--mantine-color-dimmed)" aria-hidden /> : null}
      <Title order={2} size="h4">
        {title}
      </Title>
      {text ? (
        <Text c="dimmed" size="sm" maw={460}>
          {text}
        </Text>
      ) : null}
      {children}
    </Stack>
  );
}
