/** The stages one after the other, each as long as it took. */

import { Box, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

const STAGES = ["intent", "question", "data_model", "knowledge", "artifacts", "prompt", "engine", "relay", "analysis", "postprocess", "result"];

export function Waterfall({ timings }: { timings: Record<string, number> }) {
  const { t } = useTranslation("logs");
  const known = STAGES.filter((stage) => timings[stage] !== undefined);
  const total = known.reduce((sum, stage) => sum + (timings[stage] ?? 0), 0);
  if (known.length === 0 || total === 0) return null;
  const starts = known.map((_, place) => known.slice(0, place).reduce((sum, stage) => sum + (timings[stage] ?? 0), 0));
  return (
    <Stack gap={4} role="list" aria-label={t("stages")}>
      {known.map((stage, place) => {
        const ms = timings[stage] ?? 0;
        return (
          <Group key={stage} gap="sm" wrap="nowrap" role="listitem">
            <Text size="xs" w={110}>
              {t(`stage.${stage}`)}
            </Text>
            <Box flex={1} h={10} style={{ background: "var(--fw-sunken)", borderRadius: 4 }}>
              <Box
                h={10}
                style={{
                  marginInlineStart: `${String(((starts[place] ?? 0) / total) * 100)}%`,
                  width: `max(2px, ${String((ms / total) * 100)}%)`,
                  background: "var(--mantine-color-celadon-6)",
                  borderRadius: 4,
                }}
              />
            </Box>
            <Text size="xs" ff="monospace" w={72} ta="right">
              {t("ms", { value: ms.toFixed(0) })}
            </Text>
          </Group>
        );
      })}
    </Stack>
  );
}
