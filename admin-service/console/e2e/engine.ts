/** An engine that says what a test wants, over vLLM's wire: tests-e2e/engine_simulator, registered with the mesh. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, type APIRequestContext } from "@playwright/test";

import { credentials } from "./mesh";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The first text whose words stand in the prompt is said; "" stands in every prompt. */
export interface Saying {
  contains: string;
  text: string;
}

export interface Engine {
  id: string;
  stop: () => Promise<void>;
}

export function bearer(): { Authorization: string } {
  return { Authorization: `Bearer ${credentials().api_key}` };
}

/** Started, added as `id`, and known to llm-proxy. */
export async function startEngine(request: APIRequestContext, id: string, sayings: readonly Saying[], tokensPerS: number): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), "framewright-engine-"));
  const answers = join(folder, "answers.jsonl");
  writeFileSync(answers, sayings.map((saying) => JSON.stringify(saying)).join("\n"));
  const port = await freePort();
  const options = ["--port", String(port), "--answers", answers, "--tokens-per-s", String(tokensPerS), "--first-token-s", "0.05", "--model", id];
  const child = spawn(join(root, ".venv/bin/python"), ["-m", "engine_simulator", ...options], { cwd: join(root, "tests-e2e"), stdio: "ignore" });
  process.once("exit", () => child.kill()); // of a test that fails before it stops it
  const { base_url } = credentials();
  const engines = `${base_url}/api/admin/engines`;
  const body = { id, kind: "vllm", base_url: `http://127.0.0.1:${String(port)}`, model: id, context_window: 32_768, max_output_tokens: 8_192 };
  await expect(async () => {
    expect((await fetch(`http://127.0.0.1:${String(port)}/health`)).ok).toBe(true);
  }).toPass({ timeout: 30_000 });
  await request.delete(`${engines}/${id}`, { headers: bearer() }); // of a run that was broken off
  const made = await request.post(engines, { headers: bearer(), data: body });
  expect(made.ok(), await made.text()).toBe(true);
  await expect(async () => {
    const listed = await request.get(`${base_url}/api/llm/models`, { headers: bearer() });
    const { models } = (await listed.json()) as { models: { id: string }[] };
    expect(models.map((model) => model.id)).toContain(id);
  }).toPass({ timeout: 30_000 });
  return {
    id,
    stop: async () => {
      await request.delete(`${engines}/${id}`, { headers: bearer() });
      child.kill();
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
