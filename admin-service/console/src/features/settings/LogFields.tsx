/** How long the log of generations is kept, and what of it is masked. */

import { Checkbox, Fieldset, Group, NumberInput, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";

import type { SettingsFormType, SettingsValues, Typed } from "./values";

type LogChanges = Admin["LogChanges"];
const REDACTIONS = ["email", "phone", "resident_number", "card", "secret"] as const;

export function LogFields({ form }: { form: SettingsFormType }) {
  const { t } = useTranslation("settings");
  return (
    <Fieldset legend={t("log")}>
      <Text size="sm" c="dimmed" mb="xs">
        {t("log_text")}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} mb="md" style={{ alignItems: "end" }}>
        <NumberInput label={t("keep_days")} min={0} allowDecimal={false} {...form.getInputProps("log.keep_days")} />
        <NumberInput label={t("keep_details_days")} min={0} allowDecimal={false} {...form.getInputProps("log.keep_details_days")} />
      </SimpleGrid>
      <Checkbox.Group label={t("redact")} {...form.getInputProps("log.redact")}>
        <Group mt="xs" gap="md">
          {REDACTIONS.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`redactions.${kind}`)} />
          ))}
        </Group>
      </Checkbox.Group>
    </Fieldset>
  );
}

export function logOf(values: SettingsValues["log"]): LogChanges {
  return { keep_days: daysOf(values.keep_days), keep_details_days: daysOf(values.keep_details_days), redact: values.redact as LogChanges["redact"] };
}

function daysOf(typed: Typed): number | null {
  return typed === "" ? null : Number(typed);
}
