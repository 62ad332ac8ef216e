/** Serves the built screens, and a stub of their server: tables in memory, read and saved as each screen's spec says. */
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

const camel = (name) => name.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** One table for each data set that the server fills, by its entity. */
export class StubServer {
  /** What was asked: `{path, datasets}`. */
  requests = [];
  /** Set to a message to refuse the next request. */
  refuse = null;

  constructor(spec, rows) {
    this.datasets = new Map(spec.datasets.map((dataset) => [dataset.id, dataset]));
    this.transactions = new Map(spec.transactions.map((item) => [item.path, item]));
    this.tables = new Map(Object.entries(rows));
  }

  table(dataset) {
    return this.tables.get(dataset.entity) ?? [];
  }

  answer(path, datasets) {
    const transaction = this.transactions.get(path);
    if (transaction === undefined) {
      throw new Error(`no transaction has the path ${path}`);
    }
    this.requests.push({ path, datasets });
    for (const sent of transaction.sends.filter((item) => (item.rows ?? "all") !== "all")) {
      this.save(this.datasets.get(sent.dataset), datasets[camel(sent.dataset)]);
    }
    const asked = transaction.sends.filter((item) => (item.rows ?? "all") === "all").map((item) => datasets[camel(item.dataset)]?.[0] ?? {});
    const answer = (transaction.receives ?? []).map((item) => [camel(item.dataset), this.read(this.datasets.get(item.dataset), asked)]);
    return Object.fromEntries(transaction.page_size ? this.paged(answer, datasets.page[0]) : answer);
  }

  paged([[name, rows], ...others], { pageNo, pageSize }) {
    const page = rows.slice((pageNo - 1) * pageSize, pageNo * pageSize);
    return [[name, page], ...others, ["pageTotal", [{ totalCount: rows.length }]]];
  }

  read(dataset, asked) {
    const conditions = Object.assign({}, ...asked);
    return this.table(dataset).filter((row) =>
      Object.entries(conditions).every(([name, value]) => value === "" || value === null || !(name in row) || String(row[name]).includes(String(value))),
    );
  }

  save(dataset, changes) {
    const keys = dataset.columns.filter((column) => column.key).map((column) => camel(column.name));
    const same = (one, other) => keys.every((key) => one[key] === other[key]);
    let rows = this.table(dataset);
    for (const { rowState, ...data } of changes) {
      rows = rowState === "inserted" ? [...rows, data] : rows.filter((row) => rowState !== "deleted" || !same(row, data));
      rows = rowState === "updated" ? rows.map((row) => (same(row, data) ? { ...row, ...data } : row)) : rows;
    }
    this.tables.set(dataset.entity, rows);
  }
}

/** Starts the server; `stub.current` answers below `/api/`. */
export async function serve(dist) {
  const stub = { current: null };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const json = (status, body) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (pathname.startsWith("/api/")) {
      const parts = [];
      for await (const part of request) {
        parts.push(part);
      }
      const { refuse } = stub.current;
      stub.current.refuse = null;
      return refuse
        ? json(422, { detail: refuse })
        : json(200, { datasets: stub.current.answer(pathname.slice(5), JSON.parse(Buffer.concat(parts)).datasets) });
    }
    const file = pathname === "/" ? "index.html" : normalize(pathname).slice(1);
    try {
      const content = await readFile(join(dist, file));
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { stub, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
