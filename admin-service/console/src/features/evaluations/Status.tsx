/** How an evaluation stands. */

import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";
import { StatusBadge, type Tone } from "@/shared/ui/StatusBadge";

type State = Admin["EvaluationLine"]["status"];
const TONES: Record<State, Tone> = {
  queued: "quiet",
  running: "accent",
  completed: "good",
  cancelled: "warn",
  interrupted: "bad",
};

export function Status({ status }: { status: State }) {
  const { t } = useTranslation("evaluations");
  return <StatusBadge tone={TONES[status]}>{t(`state.${status}`)}</StatusBadge>;
}
