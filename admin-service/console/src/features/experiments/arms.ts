/** An arm as it was started: where its generations go. */

import type { Admin } from "@/shared/api/client";

export type Experiment = Admin["ExperimentResponse"];

export interface Arm {
  name: string;
  weight: number;
  engine: string | null;
  templates: Record<string, number>;
}

export function armsOf(experiment: Pick<Experiment, "arms">): Arm[] {
  return experiment.arms as unknown as Arm[];
}

/** What an arm changes: its engine and its versions of templates; nothing where it is what is in production. */
export function changesOf(arm: Arm): string {
  const templates = Object.entries(arm.templates).map(([name, version]) => `${name}@${version.toString()}`);
  return [...(arm.engine ? [arm.engine] : []), ...templates].join(", ");
}

/** The share of all generations that an arm gets, in percent. */
export function shareOf(arm: Arm, arms: readonly Arm[]): number {
  return (100 * arm.weight) / arms.reduce((total, one) => total + one.weight, 0);
}
