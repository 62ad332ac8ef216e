import { expect, test } from "vitest";

import { isEmpty, NOTHING, queryOf } from "./filter";

test("a filter's days are whole, the last one within", () => {
  // R1.17
  const query = queryOf({ ...NOTHING, q: "  설비 ", first: "2026-02-28", last: "2026-02-28", degraded: true });
  expect(query.q).toBe("설비");
  expect(query.degraded).toBe(true);
  expect(Date.parse(query.until ?? "") - Date.parse(query.since ?? "")).toBe(86_400_000);
});

test("what is not chosen is not asked", () => {
  expect(Object.values(queryOf(NOTHING)).every((value) => value === null)).toBe(true);
  expect(isEmpty(NOTHING)).toBe(true);
  expect(isEmpty({ ...NOTHING, engine: "builtin" })).toBe(false);
});
