/** Each service as it answers now, with what it depends on. */

import { Card, Group, Paper, SimpleGrid, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";
import { Moment } from "@/shared/ui/Moment";
import { useNumbers } from "@/shared/ui/numbers";
import { StatusBadge, type Tone } from "@/shared/ui/StatusBadge";

type Service = Admin["ServiceStateResponse"];
const TONES: Record<Service["state"], Tone> = { ready: "good", unready: "warn", unreachable: "bad" };

export function Services({ health }: { health: Admin["HealthResponse"] }) {
  const { t } = useTranslation("dashboard");
  return (
    <Card withBorder component="section" aria-labelledby="services" padding="md">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5" id="services">
          {t("services")}
        </Title>
        <Text size="xs" c="dimmed">
          {t("asked")} <Moment at={health.at} />
        </Text>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="sm" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {health.services.map((service) => (
          <ServiceLine key={service.name} service={service} />
        ))}
      </SimpleGrid>
    </Card>
  );
}

function ServiceLine({ service }: { service: Service }) {
  const { t } = useTranslation("dashboard");
  const numbers = useNumbers();
  const wrong = service.dependencies.filter((dependency) => !dependency.ok);
  return (
    <Paper component="li" bg="var(--fw-sunken)" p="sm" radius="md">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} truncate>
          {service.name}
        </Text>
        <StatusBadge tone={TONES[service.state]}>{t(`state.${service.state}`)}</StatusBadge>
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {service.ms == null ? t("no_answer") : t("answered_in", { value: numbers.time(service.ms) })}
      </Text>
      {wrong.map((dependency) => (
        <Text key={dependency.name} size="xs" c={dependency.required ? "var(--fw-bad-text)" : "var(--fw-warn-text)"}>
          {t(dependency.required ? "needs" : "misses", { name: dependency.name })}: {dependency.state}
        </Text>
      ))}
    </Paper>
  );
}
