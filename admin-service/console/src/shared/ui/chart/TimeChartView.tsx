/** The drawing of a time chart. Its library is loaded with the first chart, not with the console. */

import { BarChart, LineChart } from "@mantine/charts";
import "@mantine/charts/styles.css";

import type { TimeChartProps } from "../TimeChart";

export default function TimeChartView({ kind, points, series, format, height = 220 }: TimeChartProps) {
  const lines = series.map(({ name, label, colour }) => ({ name, label, color: colour }));
  const rows = points.map(({ label, values }) => ({ label, ...values }));
  const common = {
    h: height,
    data: rows,
    dataKey: "label",
    series: lines,
    withLegend: series.length > 1,
    legendProps: { verticalAlign: "bottom" as const, height: 36 },
    valueFormatter: format,
    yAxisProps: { width: 56, allowDecimals: true },
    xAxisProps: { minTickGap: 28 },
    gridAxis: "y" as const,
    tickLine: "none" as const,
  };
  if (kind === "bars") {
    return <BarChart {...common} type="stacked" barChartProps={{ accessibilityLayer: false }} barProps={{ isAnimationActive: false }} />;
  }
  return (
    <LineChart
      {...common}
      curveType="monotone"
      connectNulls={false}
      withDots={points.length < 40}
      dotProps={{ r: 3 }}
      strokeWidth={2}
      lineChartProps={{ accessibilityLayer: false }}
      lineProps={{ isAnimationActive: false }}
    />
  );
}
