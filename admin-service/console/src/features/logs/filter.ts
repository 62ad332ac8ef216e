/** What of the log is looked at, as people choose it and as the API takes it. */

export interface LogFilter {
  q: string;
  status: string | null;
  kind: string | null;
  engine: string | null;
  degraded: boolean;
  /** Days of the reader's own time, both within; empty: open. */
  first: string;
  last: string;
}

export const NOTHING: LogFilter = { q: "", status: null, kind: null, engine: null, degraded: false, first: "", last: "" };

export function isEmpty(filter: LogFilter): boolean {
  return JSON.stringify(filter) === JSON.stringify(NOTHING);
}

export function queryOf(filter: LogFilter) {
  return {
    q: filter.q.trim() || null,
    status: filter.status,
    kind: filter.kind,
    engine: filter.engine,
    degraded: filter.degraded || null,
    since: filter.first ? new Date(`${filter.first}T00:00`).toISOString() : null,
    until: filter.last ? dayAfter(filter.last).toISOString() : null,
  };
}

function dayAfter(day: string): Date {
  const end = new Date(`${day}T00:00`);
  end.setDate(end.getDate() + 1);
  return end;
}
