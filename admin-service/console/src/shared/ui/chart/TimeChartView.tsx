/** The drawing of a time chart. Its library is loaded with the first chart, not with the console. */

import { BarChart, LineChart } from "@mantine/charts";
import "@mantine/charts/styles.css";

import type { TimeChartProps } from "../TimeChart";

export default function TimeChartView({ kind, points, series, format, height = 220 }: TimeChartProps) {
  const lines = series.map(({ name, label, colour }) => ({ name, label, color: colour }));
  const rows = points.map(({ label, values }) => ({ label, ...values }));
  const flat = series.every(({ name }) => points.every(({ values }) => !values[name]));
  const common = {
    h: height,
    data: rows,
    dataKey: "label",
    series: lines,
    withLegend: series.length > 1,
    legendProps: { verticalAlign: "bottom" as const, height: 36 },
    valueFormatter: format,
    // Nothing but zeros would be drawn on an axis up to 4, which is 400 %.
    yAxisProps: { width: 56, allowDecimals: true, ...(flat ? { domain: [0, 1] } : {}) },
    xAxisProps: { minTickGap: 28 },
    gridAxis: "x" as const,
    tickLine: "none" as const,
  };
  if (kind === "bars") {
    return <BarChart {...common} type="stacked" barChartProps={{ accessibilityLayer: false }} barProps={{ isAnimationActive: false, maxBarSize: 48 }} />;
  }
  return (
    <LineChart
      {...common}
      curveType="monotone"
      connectNulls={false}
      // A time between two without any has no line to be seen by.
      dotProps={{ r: points.length < 40 ? 3 : 2 }}
      strokeWidth={2}
      lineChartProps={{ accessibilityLayer: false }}
      lineProps={{ isAnimationActive: false }}
    />
  );
}
