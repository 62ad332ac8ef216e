/** The few numbers that say how things are, as a list of terms. */

import { Paper, SimpleGrid, Text } from "@mantine/core";

export interface Figure {
  label: string;
  value: string;
  /** What the number is made of, or compared with. */
  note?: string;
}

export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} component="dl" m={0} mb="md" spacing="sm">
      {figures.map(({ label, value, note }) => (
        <Paper key={label} withBorder p="md" style={{ display: "flex", flexDirection: "column" }}>
          <Text component="dt" size="sm" c="dimmed">{label}</Text>
          <Text component="dd" m={0} fz={24} fw={650} lh={1.3} style={{ fontVariantNumeric: "tabular-nums" }}>{value}</Text>
          {note ? <Text component="dd" m={0} size="xs" c="dimmed">{note}</Text> : null}
        </Paper>
      ))}
    </SimpleGrid>
  );
}
