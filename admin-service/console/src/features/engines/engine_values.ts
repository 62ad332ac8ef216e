/** What the form holds of an engine, and what is sent of it. */

import type { Admin } from "@/shared/api/client";

type Engine = Admin["EngineResponse"];
export const KINDS = ["vllm", "ollama", "llamacpp", "openai"] as const;
export const APIS = ["chat", "completions", "both"] as const;
export const CLASSES = ["small", "medium", "large"] as const;
export const CAPABILITIES = ["json", "tools", "reasoning", "vision", "responses"] as const;

export interface Values {
  id: string;
  name: string;
  kind: (typeof KINDS)[number];
  base_url: string;
  model: string;
  api: (typeof APIS)[number];
  model_class: (typeof CLASSES)[number];
  context_window: number;
  max_output_tokens: number;
  temperature: number | "";
  weight: number;
  max_concurrency: number | "";
  max_queue: number;
  aliases: string[];
  capabilities: string[];
  fallbacks: string[];
  api_key: string;
  enabled: boolean;
}

const NEW: Values = {
  id: "", name: "", kind: "vllm", base_url: "http://", model: "", api: "chat", model_class: "medium",
  context_window: 8192, max_output_tokens: 2048, temperature: "", weight: 1, max_concurrency: "", max_queue: 100,
  aliases: [], capabilities: [], fallbacks: [], api_key: "", enabled: true,
};

export function valuesOf(engine: Engine | null): Values {
  if (engine === null) return NEW;
  const { id, name, model, context_window, max_output_tokens, weight, max_queue, aliases, fallbacks, enabled } = engine;
  return {
    id, name, model, context_window, max_output_tokens, weight, max_queue, aliases, fallbacks, enabled,
    kind: engine.kind as Values["kind"],
    api: engine.api as Values["api"],
    model_class: engine.model_class as Values["model_class"],
    base_url: engine.base_url ?? "",
    temperature: engine.temperature ?? "",
    max_concurrency: engine.max_concurrency ?? "",
    capabilities: engine.capabilities ?? [],
    api_key: "",
  };
}

/** A key that was not typed stays what it is. */
export function bodyOf(values: Omit<Values, "id">): Omit<Admin["EngineCreateRequest"], "id"> {
  const { name, api_key, temperature, max_concurrency, capabilities, ...rest } = values;
  return {
    ...rest,
    name: name || null,
    temperature: temperature === "" ? null : temperature,
    max_concurrency: max_concurrency === "" ? null : max_concurrency,
    capabilities: capabilities.length > 0 ? (capabilities as NonNullable<Admin["EngineCreateRequest"]["capabilities"]>) : null,
    ...(api_key ? { api_key } : {}),
  };
}
