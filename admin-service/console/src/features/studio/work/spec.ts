/** The screen spec as far as its table is edited: columns of datasets, and all that names them. */

import type { Gateway } from "@/shared/api/client";

export type Spec = Gateway["ScreenSpec"];
export type Dataset = NonNullable<Spec["datasets"]>[number];
export type Column = NonNullable<Dataset["columns"]>[number];

export const TYPES = [
  "string",
  "text",
  "integer",
  "decimal",
  "boolean",
  "date",
  "datetime",
  "time",
  "code",
] as const satisfies readonly Column["type"][];

const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** The datasets with columns of their own, which a table can show. */
export function tables(spec: Spec): Dataset[] {
  return spec.datasets.filter((dataset) => dataset.role !== "code");
}

export type Fault = "name_invalid" | "name_taken" | "label_missing";

export function faultOf(columns: readonly Column[], index: number): Fault | null {
  const column = columns[index];
  if (!column) return null;
  if (!NAME.test(column.name)) return "name_invalid";
  if (columns.some((other, at) => at !== index && other.name === column.name)) return "name_taken";
  return column.label.trim() === "" ? "label_missing" : null;
}

export function isSound(spec: Spec): boolean {
  return tables(spec).every((dataset) => areSound(dataset.columns ?? []));
}

export function areSound(columns: readonly Column[]): boolean {
  return columns.every((_, index) => faultOf(columns, index) === null);
}

/** A renamed column keeps its place in regions, rules and actions. */
export function changeColumn(spec: Spec, datasetId: string, index: number, change: Partial<Column>): Spec {
  const before = spec.datasets.find((dataset) => dataset.id === datasetId)?.columns?.[index];
  if (!before) return spec;
  const changed = inDataset(spec, datasetId, (columns) =>
    columns.map((column, at) => (at === index ? { ...column, ...change } : column)),
  );
  const name = change.name;
  return name === undefined || name === before.name
    ? changed
    : named(changed, datasetId, (known) => (known === before.name ? name : known));
}

/** A column by a name that none of the others has. */
export function newColumn(others: readonly Column[], label: string): Column {
  const taken = new Set(others.map((column) => column.name));
  let number = taken.size + 1;
  while (taken.has(`column_${String(number)}`)) number += 1;
  return { name: `column_${String(number)}`, label, type: "string", length: 100, required: false, key: false };
}

export function addColumn(spec: Spec, datasetId: string, label: string): Spec {
  const dataset = spec.datasets.find((one) => one.id === datasetId);
  if (!dataset) return spec;
  const column = newColumn(dataset.columns ?? [], label);
  const { name } = column;
  const added = inDataset(spec, datasetId, (columns) => [...columns, column]);
  return {
    ...added,
    regions: added.regions.map((region) => {
      if (region.dataset !== datasetId) return region;
      return region.kind === "grid"
        ? { ...region, columns: [...(region.columns ?? []), name] }
        : { ...region, fields: [...(region.fields ?? []), name] };
    }),
  };
}

export function removeColumn(spec: Spec, datasetId: string, index: number): Spec {
  const gone = spec.datasets.find((dataset) => dataset.id === datasetId)?.columns?.[index]?.name;
  if (gone === undefined) return spec;
  const removed = inDataset(spec, datasetId, (columns) => columns.filter((_, at) => at !== index));
  return named(removed, datasetId, (known) => (known === gone ? null : known));
}

/** Moves a column within its dataset, and in every region that shows both. */
export function moveColumn(spec: Spec, datasetId: string, index: number, by: -1 | 1): Spec {
  const columns = spec.datasets.find((dataset) => dataset.id === datasetId)?.columns ?? [];
  const here = columns[index]?.name;
  const there = columns[index + by]?.name;
  if (here === undefined || there === undefined) return spec;
  const swapped = inDataset(spec, datasetId, (all) => swap(all, index, index + by));
  const moved = (names: string[] | undefined) => {
    const [from, to] = [names?.indexOf(here) ?? -1, names?.indexOf(there) ?? -1];
    return names && from !== -1 && to !== -1 ? swap(names, from, to) : names;
  };
  return {
    ...swapped,
    regions: swapped.regions.map((region) =>
      region.dataset === datasetId
        ? { ...region, columns: moved(region.columns), fields: moved(region.fields) }
        : region,
    ),
  };
}

export function swap<T>(items: readonly T[], from: number, to: number): T[] {
  const copy = [...items];
  const [a, b] = [copy[from], copy[to]];
  if (a !== undefined && b !== undefined) {
    copy[from] = b;
    copy[to] = a;
  }
  return copy;
}

function inDataset(spec: Spec, id: string, change: (columns: Column[]) => Column[]): Spec {
  return {
    ...spec,
    datasets: spec.datasets.map((dataset) =>
      dataset.id === id ? { ...dataset, columns: change(dataset.columns ?? []) } : dataset,
    ),
  };
}

/** Every place that names a column of the dataset; null leaves the name out, and what can't be without it. */
function named(spec: Spec, datasetId: string, rename: (name: string) => string | null): Spec {
  const list = (names: string[] | undefined) => names?.flatMap((name) => rename(name) ?? []);
  const regions = spec.regions.map((region) =>
    region.dataset === datasetId
      ? { ...region, columns: list(region.columns), fields: list(region.fields), read_only: list(region.read_only) }
      : region,
  );
  const own = new Set(regions.filter((region) => region.dataset === datasetId).map((region) => region.id));
  return {
    ...spec,
    regions,
    rules: spec.rules
      ?.map((rule) => (rule.dataset === datasetId ? { ...rule, columns: list(rule.columns) ?? [] } : rule))
      .filter((rule) => rule.columns.length > (rule.kind === "date_order" ? 1 : 0)),
    actions: spec.actions?.flatMap((action) => {
      if (!action.region || !own.has(action.region) || !action.field) return [action];
      const field = rename(action.field);
      return field === null ? [] : [{ ...action, field }];
    }),
  };
}
