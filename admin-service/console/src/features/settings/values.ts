/** What the form of the settings holds. */

import type { UseFormReturnType } from "@mantine/form";

import type { Admin } from "@/shared/api/client";

/** A number, or nothing typed. */
export type Typed = number | string;

export interface SettingsValues {
  default_engine: string;
  default_framework: string;
  registration: "open" | "invitation" | "closed";
  retrieval: Admin["RetrievalByClass"];
  log: { keep_days: Typed; keep_details_days: Typed; redact: string[] };
  currency: string;
  /** A line for each engine: their names may hold dots, which a form's path can't. */
  prices: Price[];
}

export interface Price {
  engine: string;
  gpu_hour: Typed;
  prompt_million: Typed;
  completion_million: Typed;
}

export type SettingsFormType = UseFormReturnType<SettingsValues>;
