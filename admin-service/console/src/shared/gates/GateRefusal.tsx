/** Why a gate refused, and the reason with which one overrules it. */

import { Alert, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Verdict } from "./verdict";
import { VerdictText } from "./VerdictText";

interface Props {
  verdict: Verdict;
  reason: string;
  onReason: (reason: string) => void;
}

export function GateRefusal({ verdict, reason, onReason }: Props) {
  const { t } = useTranslation("releases");
  return (
    <Alert role="alert" color="red" variant="light" styles={{ root: { background: "var(--fw-bad-ground)" }, title: { color: "var(--fw-bad-text)" } }} title={t("refused")}>
      <VerdictText verdict={verdict} />
      <TextInput mt="sm" label={t("overrule")} description={t("overrule_text")} maxLength={300} value={reason} onChange={(event) => { onReason(event.currentTarget.value); }} />
    </Alert>
  );
}
