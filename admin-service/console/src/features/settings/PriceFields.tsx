/** What each engine costs. */

import { Fieldset, NumberInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";

import type { Price, SettingsFormType, SettingsValues } from "./values";

const PARTS = ["gpu_hour", "prompt_million", "completion_million"] as const;

export function PriceFields({ form }: { form: SettingsFormType }) {
  const { t } = useTranslation("settings");
  return (
    <Fieldset legend={t("prices")}>
      <Text size="sm" c="dimmed" mb="xs">
        {t("prices_text")}
      </Text>
      <TextInput label={t("currency")} maxLength={3} w={120} mb="md" {...form.getInputProps("currency")} onChange={(event) => { form.setFieldValue("currency", event.currentTarget.value.toUpperCase()); }} />
      <Stack gap="sm">
        {form.values.prices.map(({ engine }, place) => (
          <Stack key={engine} gap={4} component="section" aria-label={engine}>
            <Text size="sm" fw={600}>{engine}</Text>
            <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ alignItems: "end" }}>
              {PARTS.map((part) => (
                <NumberInput key={part} label={t(part)} min={0} thousandSeparator="," {...form.getInputProps(`prices.${String(place)}.${part}`)} />
              ))}
            </SimpleGrid>
          </Stack>
        ))}
      </Stack>
    </Fieldset>
  );
}

/** What is set for each of the engines; nothing where none is. */
export function priceLines(engines: readonly string[], prices: Admin["SettingsResponse"]["prices"]): Price[] {
  return engines.map((engine) => {
    const set = prices[engine];
    return { engine, gpu_hour: set?.gpu_hour ?? 0, prompt_million: set?.prompt_million ?? 0, completion_million: set?.completion_million ?? 0 };
  });
}

/** As the API takes them: an engine that costs nothing has no price. */
export function pricesOf(lines: SettingsValues["prices"]) {
  return Object.fromEntries(
    lines.map(({ engine, ...price }) => {
      const numbers = { gpu_hour: Number(price.gpu_hour), prompt_million: Number(price.prompt_million), completion_million: Number(price.completion_million) };
      return [engine, Object.values(numbers).some((number) => number > 0) ? numbers : null];
    }),
  );
}
