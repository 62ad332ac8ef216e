/** Copies a text, and says that it did. */

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { copyText } from "./copy";

const SHOWN_MS = 1_500;

export function CopyButton({ text, label }: { text: string | (() => string); label?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => { setCopied(false); }, SHOWN_MS);
    return () => { clearTimeout(timer); };
  }, [copied]);
  const says = copied ? t("action.copied") : (label ?? t("action.copy"));
  return (
    <Tooltip label={says}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="md"
        aria-label={says}
        onClick={() => void copyText(typeof text === "string" ? text : text()).then(setCopied)}
      >
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
