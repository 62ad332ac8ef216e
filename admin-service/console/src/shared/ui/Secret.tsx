/** Something that is shown this once: to be copied now. */

import { Alert, Code, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { CopyButton } from "./CopyButton";

export function Secret({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="celadon" title={label}>
      <Group gap="xs" wrap="nowrap">
        <Code style={{ overflowWrap: "anywhere" }}>{value}</Code>
        <CopyButton text={value} />
      </Group>
      <Text size="sm" mt={6}>
        {t("secret_once")}
      </Text>
    </Alert>
  );
}
