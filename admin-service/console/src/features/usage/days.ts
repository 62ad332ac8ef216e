/** Spans of days in UTC, as the account counts them. */

export interface Days {
  first: string;
  last: string;
}

export function today(now = new Date()): string {
  return now.toISOString().slice(0, 10);
}

/** So many days, the last one within. */
export function daysUntil(last: string, count: number): Days {
  const first = new Date(`${last}T00:00:00Z`);
  first.setUTCDate(first.getUTCDate() - count + 1);
  return { first: today(first), last };
}
