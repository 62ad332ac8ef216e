/** A gate's verdict in words, with the figures and the evaluation that it comes from. */

import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Verdict } from "./verdict";

export function VerdictText({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation("releases");
  const { mean, low, high, n } = verdict.difference ?? { mean: 0, low: null, high: null, n: 0 };
  return (
    <Text size="sm">
      {t(`details.${verdict.reason}`)}{" "}
      {low === null || high === null ? null : t("difference", { mean: mean.toFixed(1), low: low.toFixed(1), high: high.toFixed(1), n, margin: verdict.margin })}{" "}
      {verdict.evaluation_id ? (
        <Anchor component={Link} to={`/evaluations/${verdict.evaluation_id}`} size="sm" underline="always">{t("open_evaluation")}</Anchor>
      ) : null}
    </Text>
  );
}
