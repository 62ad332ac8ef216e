/** What became of each file, those that were refused first, each with its reason. */

import { Group, ScrollArea, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { StatusBadge, type Tone } from "@/shared/ui/StatusBadge";

import type { Imported, Report } from "./upload";

const OUTCOMES: readonly [Imported["outcome"], Tone][] = [
  ["refused", "bad"],
  ["created", "good"],
  ["updated", "accent"],
  ["kept", "quiet"],
  ["unchanged", "quiet"],
];
const TONES = Object.fromEntries(OUTCOMES) as Record<Imported["outcome"], Tone>;
const ORDER = OUTCOMES.map(([outcome]) => outcome);

export function ImportReport({ report }: { report: Report }) {
  const { t } = useTranslation("knowledge");
  const items = [...report.items].sort((one, other) => ORDER.indexOf(one.outcome) - ORDER.indexOf(other.outcome));
  const verb = report.checked_only ? "would" : "did";
  return (
    <Stack gap="xs" role="region" aria-label={t("import.report")}>
      <Group gap="xs" aria-live="polite">
        <Text size="sm" fw={600}>{t(report.checked_only ? "import.checked" : "import.done")}</Text>
        {OUTCOMES.filter(([outcome]) => report.counts[outcome]).map(([outcome, tone]) => (
          <StatusBadge key={outcome} tone={tone}>{t(`import.${verb}.${outcome}`, { count: report.counts[outcome] })}</StatusBadge>
        ))}
      </Group>
      <ScrollArea.Autosize mah={280} viewportProps={{ tabIndex: 0 }}>
        <Table layout="fixed" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="40%">{t("import.file")}</Table.Th>
              <Table.Th>{t("import.outcome")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) => (
              <Table.Tr key={`${item.file}:${item.entry_id}:${item.outcome}`}>
                <Table.Td style={{ overflowWrap: "anywhere", verticalAlign: "top" }}>
                  <Text size="sm">{item.title || item.file}</Text>
                  {item.title ? <Text size="xs" c="dimmed">{item.file}</Text> : null}
                </Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere", verticalAlign: "top" }}>
                  <StatusBadge tone={TONES[item.outcome]}>{t(`import.outcomes.${item.outcome}`)}</StatusBadge>
                  {item.faults.map((fault) => (
                    <Text size="sm" key={`${fault.code}:${fault.field}`} mt={2}>
                      {t(`import.faults.${fault.code}`, { defaultValue: fault.message, field: fault.field, message: fault.message })}
                    </Text>
                  ))}
                  {item.left_out.length > 0 ? <Text size="xs" c="dimmed" mt={2}>{t("import.left_out", { names: item.left_out.join(", ") })}</Text> : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {report.ignored.length > 0 ? <Text size="xs" c="dimmed">{t("import.ignored", { count: report.ignored.length, names: report.ignored.slice(0, 5).join(", ") })}</Text> : null}
    </Stack>
  );
}
