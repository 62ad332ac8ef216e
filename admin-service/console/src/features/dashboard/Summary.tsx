/** The numbers of the span as a whole. */

import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";
import { Figures } from "@/shared/ui/Figures";
import { useNumbers } from "@/shared/ui/numbers";

import { rate } from "./rates";

export function Summary({ measures }: { measures: Admin["MeasuresResponse"] }) {
  const { t } = useTranslation("dashboard");
  const numbers = useNumbers();
  const { total, open } = measures;
  const ended = total.completed + total.failed;
  return (
    <Figures
      figures={[
        { label: t("generations"), value: numbers.whole(total.generations), note: t("per_hour", { value: perHour(measures, numbers.short) }) },
        { label: t("under_way"), value: numbers.whole(open.running + open.waiting), note: t("queued", { value: numbers.whole(open.queued) }) },
        { label: t("median"), value: numbers.time(total.p50_ms), note: t("slowest", { value: numbers.time(total.p95_ms) }) },
        { label: t("failed"), value: percent(rate(total.failed, ended)), note: t("of", { part: numbers.whole(total.failed), whole: numbers.whole(ended) }) },
        { label: t("degraded"), value: percent(rate(total.degraded, total.generations)), note: t("of", { part: numbers.whole(total.degraded), whole: numbers.whole(total.generations) }) },
        { label: t("tokens"), value: numbers.short(total.prompt_tokens + total.completion_tokens), note: t("tokens_note", { sent: numbers.short(total.prompt_tokens), received: numbers.short(total.completion_tokens) }) },
      ]}
    />
  );

  function percent(part: number | null): string {
    return part === null ? "–" : numbers.percent(part);
  }
}

function perHour(measures: Admin["MeasuresResponse"], write: (value: number) => string): string {
  const hours = (Date.parse(measures.until) - Date.parse(measures.since)) / 3_600_000;
  return write(measures.total.generations / hours);
}
