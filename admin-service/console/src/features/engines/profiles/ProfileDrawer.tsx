/** One model: each value with its reason, its figures, what they suggest, and what public sources say of it. */

import { Alert, Anchor, Badge, Button, Drawer, Group, List, NumberInput, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { notifyDone } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { COLOURS, milliseconds, percent, shown, useReason, type Name, type Profile, type Value } from "./values";

type Values = Admin["ModelProfileUpdateRequest"]["values"];
const CHOICES: Partial<Record<Name, string[]>> = { mode: ["spec", "direct", "auto"], edit_format: ["search_replace", "whole"] };
const BOUNDS: Partial<Record<Name, { min: number; max: number; step: number }>> = {
  threshold: { min: 0, max: 1, step: 0.05 }, hits: { min: 1, max: 20, step: 1 }, examples: { min: 0, max: 3, step: 1 },
  repair_budget: { min: 0, max: 3, step: 1 },
};

export function ProfileDrawer({ profile, onClose }: { profile: Profile | null; onClose: () => void }) {
  const { t } = useTranslation("engines");
  return (
    <Drawer
      opened={profile !== null}
      onClose={onClose}
      position="right"
      size="xl"
      title={profile?.model}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      {profile ? <Shown key={`${profile.model}-${String(profile.version)}`} profile={profile} /> : null}
    </Drawer>
  );
}

function Shown({ profile }: { profile: Profile }) {
  const { t } = useTranslation("engines");
  const reason = useReason();
  const queries = useQueryClient();
  const [said, setSaid] = useState("");
  const changed = async () => {
    notifyDone(t("saved"));
    await queries.invalidateQueries({ queryKey: ["profiles"] });
  };
  const save = useMutation({
    mutationFn: (values: Values) =>
      dataOf(admin.PUT("/api/admin/profiles", { body: { model: profile.model, values, reason: said } })),
    onSuccess: changed,
  });
  const takeOver = useMutation({
    mutationFn: (name: Name) =>
      dataOf(admin.POST("/api/admin/profiles/suggestions", { body: { model: profile.model, names: [name] } })),
    onSuccess: changed,
  });
  return (
    <Stack>
      <ProblemAlert problem={save.error ?? takeOver.error} />
      {profile.suggestions.map((suggestion) => (
        <Alert key={suggestion.name} color="yellow" title={`${t(`profiles.names.${suggestion.name}`)}: ${shown(suggestion.value, t)}`}>
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">
              {reason(suggestion.reason)}{" "}
              {suggestion.evaluation_id ? (
                <Anchor component={Link} to={`/evaluations/${suggestion.evaluation_id}`} size="sm" underline="always">{t("profiles.open_evaluation")}</Anchor>
              ) : null}
            </Text>
            <Button size="xs" variant="default" loading={takeOver.isPending} onClick={() => { takeOver.mutate(suggestion.name); }}>
              {t("profiles.take_over")}
            </Button>
          </Group>
        </Alert>
      ))}
      <TextInput label={t("profiles.reason")} description={t("profiles.reason_text")} maxLength={300} value={said} onChange={(event) => { setSaid(event.currentTarget.value); }} />
      {profile.values.map((value) => (
        <Line key={value.name} value={value} onSet={(set) => { save.mutate({ [value.name]: set }); }} />
      ))}
      {profile.evaluated ? <Evaluated evaluated={profile.evaluated} /> : null}
      <Figures profile={profile} />
      {profile.preset ? <Preset preset={profile.preset} /> : null}
    </Stack>
  );
}

/** A value with its reason; chosen anew it is set by hand, emptied it goes back to what holds without. */
function Line({ value, onSet }: { value: Value; onSet: (value: Value["value"]) => void }) {
  const { t } = useTranslation("engines");
  const reason = useReason();
  const choices = CHOICES[value.name];
  const own = value.origin === "manual" || value.origin === "measured";
  const label = t(`profiles.names.${value.name}`);
  return (
    <Group align="flex-end" wrap="nowrap">
      {choices ? (
        <Select
          label={label}
          w={200}
          placeholder={t("profiles.by_class")}
          data={choices.map((one) => ({ value: one, label: t(`profiles.words.${one}`) }))}
          value={value.value === null ? null : String(value.value)}
          onChange={(chosen) => { if (chosen !== null) onSet(chosen); }}
        />
      ) : (
        <NumberInput
          label={label}
          w={200}
          placeholder={t("profiles.by_class")}
          {...BOUNDS[value.name]}
          defaultValue={typeof value.value === "number" ? value.value : undefined}
          onBlur={(event) => {
            const typed = event.currentTarget.value;
            if (typed !== "" && Number(typed) !== value.value) onSet(Number(typed));
          }}
        />
      )}
      <Stack gap={2} style={{ flex: 1 }}>
        <Badge variant="light" tt="none" color={COLOURS[value.origin]}>{t(`profiles.origins.${value.origin}`)}</Badge>
        <Text size="xs" c="dimmed">{reason(value.reason)}</Text>
      </Stack>
      {own ? (
        <Button size="xs" variant="subtle" onClick={() => { onSet(null); }}>
          {t("profiles.back", { value: shown(value.preset ?? null, t) })}
        </Button>
      ) : null}
    </Group>
  );
}

/** The newest evaluation of the model in the values that are in force. */
function Evaluated({ evaluated }: { evaluated: NonNullable<Profile["evaluated"]> }) {
  const { t } = useTranslation("engines");
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600}>{t("profiles.evaluated")}</Text>
      <Text size="sm">
        <Anchor component={Link} to={`/evaluations/${evaluated.evaluation_id}`} underline="always">{evaluated.name}</Anchor>{" "}
        {t("profiles.evaluated_text", {
          variant: evaluated.variant, score: evaluated.score.toFixed(1), cases: evaluated.cases, failed: evaluated.failed,
          unusable: percent(evaluated.unusable), mended: percent(evaluated.mended), p95: milliseconds(evaluated.p95_ms),
        })}
      </Text>
    </Stack>
  );
}

function Figures({ profile }: { profile: Profile }) {
  const { t } = useTranslation("engines");
  if (profile.figures.length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table aria-label={t("profiles.figures")}>
        <Table.Thead>
          <Table.Tr>
            {(["adapter", "attempts", "unusable", "repaired", "accepted", "p50", "p95"] as const).map((name) => (
              <Table.Th key={name}>{t(`profiles.columns.${name}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {profile.figures.map((line) => (
            <Table.Tr key={String(line.adapter)}>
              <Table.Td>{String(line.adapter) || t("adapters.base")}</Table.Td>
              <Table.Td>{String(line.attempts)}</Table.Td>
              <Table.Td>{percent(line.parse_failures)}</Table.Td>
              <Table.Td>{percent(line.repaired)}</Table.Td>
              <Table.Td>{percent(line.accepted)}</Table.Td>
              <Table.Td>{milliseconds(line.p50_ms)}</Table.Td>
              <Table.Td>{milliseconds(line.p95_ms)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Preset({ preset }: { preset: NonNullable<Profile["preset"]> }) {
  const { t } = useTranslation("engines");
  const reason = useReason();
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t("profiles.preset_of", { model: preset.model, window: preset.context_window.toLocaleString() })}
      </Text>
      <Text size="sm">{reason(preset.quirks)}</Text>
      <List size="xs">
        {preset.sources.map((source) => (
          <List.Item key={source.url}>
            {reason(source)} <Anchor href={source.url} target="_blank" rel="noreferrer" underline="always" style={{ overflowWrap: "anywhere" }}>{source.url}</Anchor>{" "}
            {t(source.checked ? "profiles.checked" : "profiles.not_verified")}
          </List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed">{t("profiles.preset_note")}</Text>
    </Stack>
  );
}
