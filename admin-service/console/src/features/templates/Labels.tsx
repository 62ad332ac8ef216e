/** Which version is in force, and which one is tried: moving a label is putting a version in force, or rolling back. */

import { Button, Group, Select, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ifMatch } from "@/shared/api/lists";
import { GateRefusal } from "@/shared/gates/GateRefusal";
import { refusalOf } from "@/shared/gates/verdict";
import { Moment } from "@/shared/ui/Moment";
import { notifyDone } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

const LABELS = ["production", "staging"] as const;
interface Props {
  template: Admin["TemplateDetailResponse"];
  path: { framework: string; name: string };
}

export function Labels({ template, path }: Props) {
  const { t } = useTranslation("templates");
  return (
    <Stack maw={720}>
      {LABELS.map((label) => (
        <Label key={label} label={label} template={template} path={path} />
      ))}
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("version")}</Table.Th>
            <Table.Th>{t("note")}</Table.Th>
            <Table.Th>{t("by")}</Table.Th>
            <Table.Th>{t("updated")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {template.versions.map((item) => (
            <Table.Tr key={item.version}>
              <Table.Td>{item.version}</Table.Td>
              <Table.Td>{item.note}</Table.Td>
              <Table.Td>{item.created_by_name}</Table.Td>
              <Table.Td>
                <Moment at={item.created_at} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Label({ label, template, path }: Props & { label: (typeof LABELS)[number] }) {
  const { t } = useTranslation("templates");
  useTranslation("releases"); // there before a gate refuses: the page does not vanish while they come
  const queries = useQueryClient();
  const now = (template.labels as Record<string, number>)[label];
  const [reason, setReason] = useState("");
  const [version, setVersion] = useState(now === undefined ? null : String(now));
  const params = { path: { ...path, label }, header: ifMatch(template.version) };
  const move = useMutation({
    mutationFn: () =>
      dataOf(
        admin.PUT("/api/admin/templates/{framework}/{name}/labels/{label}", {
          params,
          body: { version: Number(version), expected: now ?? null, overrule: reason.trim() || null },
        }),
      ),
    onSuccess: async () => {
      setReason("");
      notifyDone(t("moved", { label, version: version ?? "" }));
      await queries.invalidateQueries({ queryKey: ["templates"] });
    },
  });
  const refusal = refusalOf(move.error);
  return (
    <Stack gap={4}>
      {refusal ? <GateRefusal verdict={refusal} reason={reason} onReason={setReason} /> : <ProblemAlert problem={move.error} />}
      <Group align="flex-end">
        <Select
          label={t(`label.${label}`)}
          description={t(`label_text.${label}`)}
          placeholder={t("none")}
          data={template.versions.map((item) => String(item.version))}
          value={version}
          onChange={(value) => { setVersion(value); move.reset(); }}
          w={320}
        />
        <Button variant="default" loading={move.isPending} disabled={version === null || Number(version) === now} onClick={() => { move.mutate(); }}>
          {t("move")}
        </Button>
        {now === undefined ? null : <Text size="sm" c="dimmed">{t("in_force", { version: now })}</Text>}
      </Group>
    </Stack>
  );
}
