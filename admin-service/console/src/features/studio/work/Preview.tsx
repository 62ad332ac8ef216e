/** The picture of the screen: a page without scripts, in a frame that would let none run; made smaller where it would not fit. */

import { Skeleton, useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import classes from "./workbench.module.css";

/** A screen's usual width and the page's margins around it, in pixels. */
const NATURAL_WIDTH = 1_100;

export function Preview({ id, version, ready }: { id: string; version: number; ready: boolean }) {
  const { t } = useTranslation("studio");
  const theme = useComputedColorScheme("light");
  const { ref, width, height } = useElementSize();
  if (!ready || version === 0) return <Skeleton className={classes.frame} />;
  const scale = width > 0 ? Math.min(1, width / NATURAL_WIDTH) : 1;
  return (
    <div ref={ref} className={classes.frame}>
      <iframe
        key={`${String(version)}-${theme}`}
        className={classes.picture}
        style={{ width: width / scale || "100%", height: height / scale || "100%", transform: `scale(${String(scale)})` }}
        title={t("preview_title")}
        sandbox=""
        src={`/api/v1/generations/${id}/preview?version=${String(version)}&theme=${theme}`}
      />
    </div>
  );
}
