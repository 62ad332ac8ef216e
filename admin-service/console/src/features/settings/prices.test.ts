import { expect, test } from "vitest";

import { priceLines, pricesOf } from "./PriceFields";

test("prices go to the API and come back, engines with dots in their names too", () => {
  // R3.1
  const price = { gpu_hour: 1500, prompt_million: 0, completion_million: 2.5 };
  const lines = priceLines(["gpt-4.1", "builtin"], { "gpt-4.1": price });
  expect(pricesOf(lines)).toEqual({ "gpt-4.1": price, builtin: null });
});
