/** The arms beside each other; the first is the control, and the others say whether they differ from it by more than chance. */

import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";
import { StatusBadge } from "@/shared/ui/StatusBadge";

import { changesOf, shareOf, type Arm } from "./arms";

type Outcome = Admin["ArmOutcome"];

function percent(value: number | null | undefined): string {
  return value == null ? "–" : `${(100 * value).toFixed(1)} %`;
}

function probability(value: number | null | undefined): string {
  if (value == null) return "–";
  return value < 0.001 ? "< 0.001" : value.toFixed(3);
}

export function Outcomes({ experiment, arms }: { experiment: Admin["ExperimentDetailResponse"]; arms: readonly Arm[] }) {
  const { t } = useTranslation("experiments");
  const unit = experiment.sticky === "session" ? "session" : "user";
  const missing = Math.max(...experiment.outcomes.map((one) => one.missing_units));
  const lines: [string, (outcome: Outcome) => string][] = [
    [t("share"), (one) => { const arm = arms.find((item) => item.name === one.name); return arm ? `${shareOf(arm, arms).toFixed(0)} %` : "–"; }],
    [t("changes"), (one) => { const arm = arms.find((item) => item.name === one.name); return (arm && changesOf(arm)) || t("production"); }],
    [t(`units.${unit}`), (one) => `${one.units.toString()} / ${experiment.planned_units.toString()}`],
    [t("generations"), (one) => one.generations.toString()],
    [t("accepted"), (one) => `${one.accepted.toString()} (${percent(one.accepted_rate)})`],
    [t("unit_accepted"), (one) => percent(one.unit_accepted_rate)],
    [t("distance"), (one) => one.distance_mean?.toFixed(3) ?? "–"],
    [t("degraded"), (one) => one.degraded.toString()],
    [t("failed"), (one) => one.failed.toString()],
    [t("time"), (one) => (one.duration_ms_p50 == null ? "–" : `${(one.duration_ms_p50 / 1000).toFixed(1)} s`)],
    [t("accepted_p"), (one) => probability(one.accepted_p)],
    [t("distance_p"), (one) => probability(one.distance_p)],
  ];
  return (
    <>
      <Table.ScrollContainer minWidth={600} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "region", "aria-label": t("outcomes") } }}>
        <Table striped aria-label={t("outcomes")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("arm")}</Table.Th>
              {experiment.outcomes.map((one) => <Table.Th key={one.name} scope="col">{one.name}</Table.Th>)}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(([title, shown]) => (
              <Table.Tr key={title}>
                <Table.Th scope="row" fw={400}>{title}</Table.Th>
                {experiment.outcomes.map((one) => <Table.Td key={one.name}>{shown(one)}</Table.Td>)}
              </Table.Tr>
            ))}
            <Table.Tr>
              <Table.Th scope="row" fw={400}>{t("verdict")}</Table.Th>
              {experiment.outcomes.map((one, number) => (
                <Table.Td key={one.name}>
                  {number === 0 ? t("control") : <Verdict significant={one.significant} missing={missing} unit={unit} />}
                </Table.Td>
              ))}
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed">{t("note")}</Text>
    </>
  );
}

/** Whether an arm differs from the control; before every arm has its planned number, how many are missing. */
function Verdict({ significant, missing, unit }: { significant: boolean; missing: number; unit: "user" | "session" }) {
  const { t } = useTranslation("experiments");
  if (missing > 0) return <StatusBadge tone="quiet">{t(`missing.${unit}`, { count: missing })}</StatusBadge>;
  return <StatusBadge tone={significant ? "warn" : "quiet"}>{t(significant ? "differs" : "no_difference")}</StatusBadge>;
}
