/** The mesh of a run: its own ports and its own state, gone afterwards. CONSOLE_E2E_CREDENTIALS names that of a mesh which is up. */

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const state = join(tmpdir(), `framewright-console-${String(process.pid)}`);

export interface Credentials {
  base_url: string;
  admin_email: string;
  admin_password: string;
  api_key: string;
}

function mesh(command: string): void {
  const run = spawnSync(join(root, ".venv/bin/python"), ["-m", "framewright_local", command], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      PYTHONPATH: join(root, "deploy/local"),
      FRAMEWRIGHT_STATE_DIR: state,
      FRAMEWRIGHT_PORT_BASE: process.env.FRAMEWRIGHT_PORT_BASE ?? "9100",
    },
  });
  if (run.status !== 0) throw new Error(`the mesh did not ${command}`);
}

export default function setup(): (() => void) | undefined {
  if (process.env.CONSOLE_E2E_CREDENTIALS) return undefined;
  mesh("up");
  process.env.CONSOLE_E2E_CREDENTIALS = join(state, "credentials.json");
  return () => {
    mesh("purge");
    rmSync(state, { recursive: true, force: true });
  };
}

export function credentials(): Credentials {
  return JSON.parse(readFileSync(process.env.CONSOLE_E2E_CREDENTIALS ?? "", "utf-8")) as Credentials;
}
