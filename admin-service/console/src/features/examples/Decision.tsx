/** Approve with a title and what it is asked by, reject or take back with a reason. */

import { Button, Group, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { notifyDone } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

type Verb = "approve" | "reject" | "retract";

export function Decision({ example, onDone }: { example: Admin["ExampleResponse"]; onDone: () => void }) {
  const { t } = useTranslation("examples");
  const queries = useQueryClient();
  const [title, setTitle] = useState(example.title);
  const [aliases, setAliases] = useState<string[]>([]);
  const [reason, setReason] = useState("");
  const approved = example.status === "approved";
  const decide = useMutation({
    mutationFn: (verb: Verb) => {
      const params = { path: { generation_id: example.generation_id } };
      if (verb === "approve")
        return dataOf(admin.POST("/api/admin/examples/{generation_id}/approve", { params, body: { title, aliases } }));
      if (verb === "reject")
        return dataOf(admin.POST("/api/admin/examples/{generation_id}/reject", { params, body: { reason } }));
      return dataOf(admin.POST("/api/admin/examples/{generation_id}/retract", { params, body: { reason } }));
    },
    onSuccess: async (_, verb) => {
      notifyDone(t(`done.${verb}`));
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["examples"] }),
        queries.invalidateQueries({ queryKey: ["example", example.generation_id] }),
      ]);
      onDone();
    },
  });
  return (
    <Stack>
      {example.reason ? <Text size="sm" c="dimmed">{t("reason_given", { reason: example.reason })}</Text> : null}
      <ProblemAlert problem={decide.error} />
      {approved ? null : (
        <>
          <TextInput label={t("example_title")} required value={title} onChange={(event) => { setTitle(event.currentTarget.value); }} />
          <TagsInput label={t("aliases")} description={t("aliases_text")} value={aliases} onChange={setAliases} />
        </>
      )}
      <TextInput label={t("reason")} description={t("reason_text")} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} />
      <Group justify="flex-end">
        <Button
          variant="default"
          disabled={reason.trim() === "" || example.status === "rejected"}
          loading={decide.isPending}
          onClick={() => { decide.mutate(approved ? "retract" : "reject"); }}
        >
          {approved ? t("retract") : t("reject")}
        </Button>
        {approved ? null : (
          <Button
            disabled={!example.consent || title.trim() === ""}
            loading={decide.isPending}
            onClick={() => { decide.mutate("approve"); }}
          >
            {t("approve")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
