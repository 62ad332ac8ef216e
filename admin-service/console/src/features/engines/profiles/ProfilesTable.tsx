/** The values of every model, and why each holds: preset, measured, set by hand. */

import { Badge, Group, Stack, Table, Text, Title, Tooltip, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";
import { PageLoading } from "@/shared/ui/PageLoading";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { ProfileDrawer } from "./ProfileDrawer";
import { COLOURS, percent, shown, useReason, type Profile } from "./values";

export function ProfilesTable() {
  const { t } = useTranslation("engines");
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useQuery({ queryKey: ["profiles"], queryFn: () => dataOf(admin.GET("/api/admin/profiles")) });
  const items = found.data?.items ?? [];
  return (
    <Stack mt="xl" gap="xs">
      <Title order={2} size="h4">{t("profiles.title")}</Title>
      <Text size="sm" c="dimmed">{t("profiles.text")}</Text>
      {found.error ? <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isLoading ? <PageLoading /> : null}
      {found.data?.figures_known === false ? <Text size="sm" c="dimmed">{t("profiles.no_figures")}</Text> : null}
      {items.length > 0 ? (
        <Table.ScrollContainer minWidth={760}>
          <Table aria-label={t("profiles.title")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("model")}</Table.Th>
                <Table.Th>{t("profiles.values")}</Table.Th>
                <Table.Th>{t("profiles.figures")}</Table.Th>
                <Table.Th>{t("profiles.suggestions")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((profile) => (
                <Row key={profile.model} profile={profile} onOpen={() => { setChosen(profile.model); }} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      <ProfileDrawer profile={items.find((item) => item.model === chosen) ?? null} onClose={() => { setChosen(null); }} />
    </Stack>
  );
}

function Row({ profile, onOpen }: { profile: Profile; onOpen: () => void }) {
  const { t } = useTranslation("engines");
  const reason = useReason();
  return (
    <Table.Tr>
      <Table.Td>
        <UnstyledButton onClick={onOpen} fz="sm" fw={600} c="celadon">{profile.model}</UnstyledButton>
        <Text size="xs" c="dimmed">{profile.engines.join(", ")}</Text>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {profile.values.filter((value) => value.value !== null).map((value) => (
            <Tooltip key={value.name} multiline maw={340} label={`${t(`profiles.origins.${value.origin}`)}: ${reason(value.reason)}`}>
              <Badge variant="light" tt="none" color={COLOURS[value.origin]}>
                {t(`profiles.names.${value.name}`)} {shown(value.value, t)}
              </Badge>
            </Tooltip>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="xs">
          {profile.figures[0]
            ? t("profiles.figures_short", {
                attempts: Number(profile.figures[0].attempts),
                unusable: percent(profile.figures[0].parse_failures),
                accepted: percent(profile.figures[0].accepted),
              })
            : "–"}
        </Text>
      </Table.Td>
      <Table.Td>{profile.suggestions.length > 0 ? <Badge color="yellow" variant="light">{profile.suggestions.length}</Badge> : "–"}</Table.Td>
    </Table.Tr>
  );
}
