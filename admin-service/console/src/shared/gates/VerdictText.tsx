/** A gate's verdict in words, with the figures and the evaluation that it comes from. */

import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Verdict } from "./verdict";

export function VerdictText({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation("releases");
  const figures = verdict.difference;
  return (
    <Text size="sm">
      {t(`details.${verdict.reason}`)}{" "}
      {figures ? t("difference", { mean: figures.mean.toFixed(1), low: figures.low.toFixed(1), high: figures.high.toFixed(1), n: figures.n, margin: verdict.margin }) : null}{" "}
      {verdict.evaluation_id ? (
        <Anchor component={Link} to={`/evaluations/${verdict.evaluation_id}`} size="sm" underline="always">{t("open_evaluation")}</Anchor>
      ) : null}
    </Text>
  );
}
