/** An engine as the default one, or a pack's label: the gate decides, and who overrules it gives a reason. */

import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";
import { ifMatch } from "@/shared/api/lists";
import { useSettings } from "@/shared/api/settings";
import { GateRefusal } from "@/shared/gates/GateRefusal";
import { refusalOf } from "@/shared/gates/verdict";
import { notifyDone } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

interface Props {
  kind: "engine" | "pack";
  onClose: () => void;
}

export function PutIntoProduction({ kind, onClose }: Props) {
  const { t } = useTranslation("releases");
  const queries = useQueryClient();
  const settings = useSettings();
  const choices = useChoices(kind);
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const put = useMutation<unknown>({
    mutationFn: async () => {
      const overrule = reason.trim() || null;
      if (kind === "pack") return dataOf(admin.PUT("/api/admin/releases/pack/{framework}", { params: { path: { framework: chosen ?? "" } }, body: { overrule } }));
      const header = ifMatch(settings.data?.version ?? 0);
      return dataOf(admin.PATCH("/api/admin/settings", { params: { header }, body: { default_engine: chosen ?? "", overrule } }));
    },
    onSuccess: async () => {
      notifyDone(t("put", { name: chosen ?? "" }));
      onClose();
      await queries.invalidateQueries();
    },
  });
  const refusal = refusalOf(put.error);
  return (
    <Modal opened onClose={onClose} title={t(`put_${kind}`)} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <Stack>
        <Text size="sm" c="dimmed">{t(`put_${kind}_text`, { now: settings.data?.default_engine ?? "" })}</Text>
        {refusal ? null : <ProblemAlert problem={put.error ?? choices.error} />}
        <Select label={t(`kinds.${kind}`)} data={choices.data ?? []} value={chosen} onChange={(value) => { setChosen(value); put.reset(); }} />
        {refusal ? <GateRefusal verdict={refusal} reason={reason} onReason={setReason} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t("common:action.cancel")}</Button>
          <Button
            color={refusal ? "red.9" : undefined}
            loading={put.isPending}
            disabled={chosen === null || (refusal !== null && reason.trim() === "")}
            onClick={() => { put.mutate(); }}
          >
            {t(refusal ? "overrule_do" : "put_do")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The engines that may become the default one, or the packs that are there. */
function useChoices(kind: Props["kind"]) {
  return useQuery({
    queryKey: ["releases", "choices", kind],
    queryFn: async () => {
      if (kind === "engine") return ["builtin", ...(await dataOf(admin.GET("/api/admin/engines", { params: { query: { limit: 200 } } }))).items.map((item) => item.id)].filter((id, place, all) => all.indexOf(id) === place);
      return [(await dataOf(admin.GET("/api/admin/golden", {}))).framework];
    },
  });
}
