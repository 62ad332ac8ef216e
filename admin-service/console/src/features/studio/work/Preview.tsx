/** The picture of the screen: a page without scripts, in a frame that would let none run. */

import { Skeleton, useComputedColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";

import classes from "./workbench.module.css";

export function Preview({ id, version, ready }: { id: string; version: number; ready: boolean }) {
  const { t } = useTranslation("studio");
  const theme = useComputedColorScheme("light");
  if (!ready || version === 0) return <Skeleton className={classes.frame} />;
  return (
    <iframe
      key={`${String(version)}-${theme}`}
      className={classes.frame}
      title={t("preview_title")}
      sandbox=""
      src={`/api/v1/generations/${id}/preview?version=${String(version)}&theme=${theme}`}
    />
  );
}
