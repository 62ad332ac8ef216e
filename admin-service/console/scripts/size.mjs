// What the first page loads, gzipped: the entry, all it imports statically, and the login page. Fails above the limit.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 300 * 1024;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf-8"));
const first = process.argv.slice(2);
const files = new Set(["index.html", "theme.js"]);

function add(key) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const imported of chunk.imports ?? []) add(imported);
}

for (const key of Object.keys(manifest)) {
  if (manifest[key].isEntry || first.some((part) => key.includes(part))) add(key);
}
let total = 0;
for (const file of files) total += gzipSync(readFileSync(new URL(file, dist))).length;
console.log(`first load: ${(total / 1024).toFixed(1)} KiB gzipped in ${files.size} files (limit ${LIMIT / 1024})`);
process.exit(total > LIMIT ? 1 : 0);
