/** What an engine's server said of itself, and where the settings differ from it. */

import { Alert, List, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";

export function TestReport({ report }: { report: Admin["EngineTestResponse"] }) {
  const { t, i18n } = useTranslation("engines");
  return (
    <Alert color={report.ok ? "celadon" : "red"} title={report.ok ? t("test_ok") : t("test_failed")} role="status">
      <Text size="sm">
        {t("test_facts", {
          server: report.server ?? "–",
          window: report.context_window?.toLocaleString() ?? "–",
          latency: report.latency_ms?.toFixed(0) ?? "–",
        })}
      </Text>
      {report.models.length > 0 ? <Text size="sm">{t("test_models", { models: report.models.join(", ") })}</Text> : null}
      {report.findings.length > 0 ? (
        <List size="sm" mt={6}>
          {report.findings.map((finding) => (
            <List.Item key={finding.code}>{i18n.language === "ko" ? finding.message_ko : finding.message}</List.Item>
          ))}
        </List>
      ) : null}
    </Alert>
  );
}
