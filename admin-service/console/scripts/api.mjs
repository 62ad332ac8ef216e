// The API clients' types, made from the committed openapi.json of the gateway and of admin-service. --check: are they current?
import { existsSync, readFileSync, writeFileSync } from "node:fs";

import openapiTS, { astToString } from "openapi-typescript";

const sources = [
  ["gateway", new URL("../../../gateway/openapi.json", import.meta.url)],
  ["admin", new URL("../../openapi.json", import.meta.url)],
];
/** What a browser calls; the protocols for other programs and the mesh's own paths stay out. */
const CALLED = /^\/api\/(v1|auth|admin|sessions|llm)(\/|$)/;

/** Adds the names of all schemas that a part of the document leads to. */
function reach(document, part, names) {
  if (typeof part !== "object" || part === null) return names;
  for (const [key, value] of Object.entries(part)) {
    if (key === "$ref" && typeof value === "string" && value.startsWith("#/components/schemas/")) {
      const name = value.slice("#/components/schemas/".length);
      if (!names.has(name)) reach(document, document.components.schemas[name], names.add(name));
    } else reach(document, value, names);
  }
  return names;
}

/** A schema that brings its own definitions (`#/$defs/…`): they become the document's, as every reader expects. */
function hoistDefinitions(document) {
  const text = JSON.stringify(document, (key, value) => {
    if (typeof value !== "object" || value === null || !value.$defs) return value;
    const { $defs: definitions, ...rest } = value;
    for (const [name, schema] of Object.entries(definitions)) document.components.schemas[name] ??= schema;
    return rest;
  });
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
}

/** An answer always holds its members; a request may leave out those that have a default. */
function requireAnswers(document) {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const sent = new Set();
  const answered = new Set();
  for (const operation of operations) {
    reach(document, operation.requestBody, sent);
    reach(document, operation.responses, answered);
  }
  for (const name of answered) {
    const schema = document.components.schemas[name];
    if (!sent.has(name) && schema.properties) schema.required = Object.keys(schema.properties);
  }
  const used = Object.entries(document.components.schemas).filter(([name]) => sent.has(name) || answered.has(name));
  document.components.schemas = Object.fromEntries(used);
}

const check = process.argv.includes("--check");
let stale = false;
for (const [name, source] of sources) {
  const document = hoistDefinitions(JSON.parse(readFileSync(source, "utf-8")));
  document.paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => CALLED.test(path)));
  requireAnswers(document);
  const head = `/* Made by \`npm run api\` from the openapi.json of ${name}. */\n`;
  const text = head + astToString(await openapiTS(document, { alphabetize: true, defaultNonNullable: false }));
  const target = new URL(`../src/shared/api/generated/${name}.ts`, import.meta.url);
  const before = existsSync(target) ? readFileSync(target, "utf-8") : "";
  if (before === text) continue;
  if (check) {
    console.error(`src/shared/api/generated/${name}.ts is not what openapi.json says: npm run api`);
    stale = true;
  } else writeFileSync(target, text);
}
process.exit(stale ? 1 : 0);
