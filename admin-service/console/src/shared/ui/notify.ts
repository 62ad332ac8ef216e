/** Short notes at the edge of the window. */

import { notifications } from "@mantine/notifications";
import i18next from "i18next";

import { asProblem } from "@/shared/api/problem";

import { problemTitle } from "./ProblemAlert";

type Translate = (key: string, options?: Record<string, unknown>) => string;

const closeButton = () => ({ "aria-label": i18next.t("common:action.close") });

export function notifyDone(message: string): void {
  notifications.show({ message, color: "celadon", autoClose: 3_000, closeButtonProps: closeButton() });
}

/** For actions without a place of their own to show a problem in. */
export function notifyProblem(error: unknown, t: Translate): void {
  const problem = asProblem(error);
  notifications.show({
    title: problemTitle(problem, t),
    message: problem.detail,
    color: "red",
    autoClose: 8_000,
    closeButtonProps: closeButton(),
  });
}
