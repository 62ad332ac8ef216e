/** An A/B test's outcomes: shares, p-values, and which arm differs from the control. */

import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderPage } from "@/shared/testing/render";

import { armsOf } from "./arms";
import { Outcomes } from "./Outcomes";

const ARM = { failed: 0, degraded: 0, duration_ms_p50: 1200, units: 20, missing_units: 0, unit_accepted_rate: 0.4 };
const EXPERIMENT = {
  id: "x", name: "n", status: "running" as const, sticky: "user", planned_units: 20, created_by: "u", created_at: "2026-01-01T00:00:00Z", ended_at: null,
  arms: [
    { name: "control", weight: 9, engine: null, templates: {} },
    { name: "new", weight: 1, engine: "coder", templates: { "xframe5/spec": 4 } },
  ],
  outcomes: [
    { ...ARM, name: "control", generations: 90, accepted: 45, accepted_rate: 0.5, distance_mean: 0.2, accepted_p: null, distance_p: null, significant: false },
    { ...ARM, name: "new", generations: 10, accepted: 10, accepted_rate: 1, distance_mean: null, accepted_p: 0.0004, distance_p: null, significant: true },
  ],
};

test("each arm says its share, what it changes, and whether it differs", async () => {
  // R4.6
  await renderPage(<Outcomes experiment={EXPERIMENT} arms={armsOf(EXPERIMENT)} />);
  await screen.findByRole("row", { name: /^Share/ });
  const row = (name: string) => within(screen.getByRole("row", { name: new RegExp(`^${name}`) })).getAllByRole("cell").map((cell) => cell.textContent);
  expect(row("Share")).toEqual(["90 %", "10 %"]);
  expect(row("What it changes")).toEqual(["As in production", "coder, xframe5/spec@4"]);
  expect(row("Accepted 45")).toEqual(["45 (50.0 %)", "10 (100.0 %)"]);
  expect(row("Users")).toEqual(["20 / 20", "20 / 20"]);
  expect(row("p of the accepted rates")).toEqual(["–", "< 0.001"]);
  expect(row("Against the control")).toEqual(["Control", "differs (adjusted p < 0.05)"]);
});

test("before the planned number the page says how many are missing", async () => {
  // R4.6
  const [control, tried] = EXPERIMENT.outcomes;
  const outcomes = [{ ...control, units: 20 }, { ...tried, units: 7, missing_units: 13, accepted_p: null, significant: false }] as typeof EXPERIMENT.outcomes;
  await renderPage(<Outcomes experiment={{ ...EXPERIMENT, outcomes }} arms={armsOf(EXPERIMENT)} />);
  const row = await screen.findByRole("row", { name: /^Against the control/ });
  expect(within(row).getByText("13 more users needed")).toBeVisible();
  expect(within(row).queryByText("no difference shown")).toBeNull();
});
