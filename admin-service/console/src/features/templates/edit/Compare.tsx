/** Two versions side by side. */

import { Box, Group, Select, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { CodeDiff } from "@/shared/ui/CodeEditor";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { TemplatePath } from "./useDraft";

export function Compare({ template, path }: { template: Admin["TemplateDetailResponse"]; path: TemplatePath }) {
  const { t } = useTranslation("templates");
  const numbers = template.versions.map((item) => String(item.version));
  const [from, setFrom] = useState(numbers.at(1) ?? numbers[0] ?? "1");
  const [to, setTo] = useState(String(template.latest_version));
  const before = useVersion(path, from);
  const after = useVersion(path, to);
  return (
    <Stack>
      <Group>
        <Select label={t("from")} allowDeselect={false} data={numbers} value={from} onChange={(value) => { setFrom(value ?? from); }} w={120} />
        <Select label={t("to")} allowDeselect={false} data={numbers} value={to} onChange={(value) => { setTo(value ?? to); }} w={120} />
      </Group>
      <ProblemAlert problem={before.error ?? after.error} />
      {before.data && after.data ? (
        <Box h="55vh" key={`${from}-${to}`}>
          <CodeDiff before={before.data.content} after={after.data.content} language="markdown" label={t("compare")} />
        </Box>
      ) : (
        <Skeleton height={300} />
      )}
    </Stack>
  );
}

function useVersion(path: TemplatePath, version: string) {
  return useQuery({
    queryKey: ["template-version", path, version],
    queryFn: () =>
      dataOf(
        admin.GET("/api/admin/templates/{framework}/{name}/versions/{version}", {
          params: { path: { ...path, version: Number(version) } },
        }),
      ),
    staleTime: Infinity,
  });
}
