import { expect, test } from "vitest";

import { daysUntil, today } from "./days";

test("a span holds its last day, over the ends of months and leap years", () => {
  expect(daysUntil("2026-03-01", 7)).toEqual({ first: "2026-02-23", last: "2026-03-01" });
  expect(daysUntil("2028-03-01", 2)).toEqual({ first: "2028-02-29", last: "2028-03-01" });
  expect(daysUntil("2026-11-28", 1)).toEqual({ first: "2026-11-28", last: "2026-11-28" });
});

test("a day is that of UTC, wherever one is", () => {
  expect(today(new Date("2026-11-28T23:30:00-05:00"))).toBe("2026-11-29");
});
