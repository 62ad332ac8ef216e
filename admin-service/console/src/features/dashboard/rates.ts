/** Shares of counts; none where nothing was counted. */

export function rate(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
