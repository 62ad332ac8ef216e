/** The variants of an evaluation out of what was chosen: engines × modes × template versions × values. */

import type { Admin } from "@/shared/api/client";

type Mode = Admin["Variant"]["mode"];
export type Varied = keyof typeof VALUES;
/** What can be compared of a model's values, and what is worth comparing. */
export const VALUES = {
  examples: ["0", "1", "2", "3"],
  repair_budget: ["0", "1", "2", "3"],
  threshold: ["0.2", "0.3", "0.4", "0.5", "0.6", "0.7"],
  hits: ["1", "2", "3", "5", "8", "12"],
};
export const MODES = ["spec", "direct", "auto"] as const;
/** Stands for the versions that are in production. */
export const PRODUCTION = "production";

export interface Chosen {
  engines: readonly string[];
  modes: readonly string[];
  /** `framework/name@version`, or `PRODUCTION`. */
  pins: readonly string[];
  vary: Varied | null;
  values: readonly string[];
}

export interface NamedVariant {
  /** What tells it from the others, as the server names it. */
  label: string;
  body: Pick<Admin["Variant"], "name" | "engine" | "mode" | "templates" | "values">;
}

export function variantsOf({ engines, modes, pins, vary, values }: Chosen): NamedVariant[] {
  const varied = vary === null || values.length === 0 ? [null] : values;
  return engines.flatMap((engine) =>
    modes.flatMap((mode) =>
      pins.flatMap((pin) =>
        varied.map((value) => ({
          label: [engine, ...(modes.length > 1 ? [mode] : []), ...(pin === PRODUCTION ? [] : [pin]), ...(value === null ? [] : [`${vary ?? ""} ${value}`])].join(" · "),
          body: { name: "", engine, mode: mode as Mode, templates: templatesOf(pin), values: value === null ? {} : { [vary ?? ""]: Number(value) } },
        })),
      ),
    ),
  );
}

/** All versions of a template, the newest first; 0 is the pack's own. */
export function pinsOf(template: { id: string; latest_version: number }): string[] {
  return Array.from({ length: template.latest_version + 1 }, (_, older) => `${template.id}@${(template.latest_version - older).toString()}`);
}

function templatesOf(pin: string): Record<string, number> {
  if (pin === PRODUCTION) return {};
  const at = pin.lastIndexOf("@");
  return { [pin.slice(0, at)]: Number(pin.slice(at + 1)) };
}
