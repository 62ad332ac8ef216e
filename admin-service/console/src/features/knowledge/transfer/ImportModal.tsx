/** Files in: chosen or dropped, looked at before anything is stored, and every one answered for. */

import { Autocomplete, Button, Group, Modal, Progress, Select, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { useFrameworks } from "../frameworks";
import { KINDS } from "../kinds";
import { FileChoice } from "./FileChoice";
import { ImportReport } from "./ImportReport";
import { send, type Order, type Report } from "./upload";

export function ImportModal({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("knowledge");
  return (
    <Modal opened onClose={onClose} size="xl" title={t("import.title")} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <ImportForm onClose={onClose} />
    </Modal>
  );
}

function ImportForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("knowledge");
  const queries = useQueryClient();
  const [files, setFiles] = useState<File[]>([]);
  const { names, standard } = useFrameworks();
  const [typed, setTyped] = useState<string | null>(null);
  const framework = typed ?? standard;
  const [kind, setKind] = useState("rule");
  const [keeping, setKeeping] = useState(false);
  const [sent, setSent] = useState(0);
  const [report, setReport] = useState<Report | null>(null);
  const run = useMutation({
    mutationFn: (check: boolean) => {
      const order: Order = { framework: framework.trim(), kind, existing: keeping ? "keep" : "replace", check };
      setSent(0);
      return send(files, order, setSent);
    },
    onSuccess: async (made) => {
      setReport(made);
      if (!made.checked_only) await queries.invalidateQueries({ queryKey: ["knowledge"] });
    },
  });
  const changed = (change: () => void) => {
    setReport(null);
    run.reset();
    change();
  };
  const done = report !== null && !report.checked_only;
  return (
    <Stack>
      <Text size="sm" c="dimmed">{t("import.text")}</Text>
      <FileChoice
        files={files}
        onAdd={(added) => {
          changed(() => {
            setFiles((before) => [...before.filter((one) => !added.some((file) => file.name === one.name)), ...added]);
          });
        }}
        onClear={() => { changed(() => { setFiles([]); }); }}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Autocomplete
          label={t("framework")}
          description={t("import.default_text")}
          required
          data={names}
          value={framework}
          onChange={(value) => { changed(() => { setTyped(value); }); }}
        />
        <Select
          label={t("kind")}
          description={t("import.default_text")}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          onChange={(value) => { changed(() => { setKind(value ?? kind); }); }}
        />
      </SimpleGrid>
      <Switch
        label={t("import.keep")}
        description={t("import.keep_text")}
        checked={keeping}
        onChange={(event) => { const { checked } = event.currentTarget; changed(() => { setKeeping(checked); }); }}
      />
      {run.isPending && files.length > 1 ? <Progress value={(sent / files.length) * 100} aria-label={t("import.sending")} color="celadon" /> : null}
      <ProblemAlert problem={run.error} />
      {report ? <ImportReport report={report} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {done ? t("common:action.close") : t("common:action.cancel")}
        </Button>
        {done ? null : (
          <>
            <Button variant="default" loading={run.isPending && run.variables} disabled={files.length === 0 || !framework.trim() || run.isPending} onClick={() => { run.mutate(true); }}>
              {t("import.check")}
            </Button>
            <Button loading={run.isPending && !run.variables} disabled={files.length === 0 || !framework.trim() || run.isPending} onClick={() => { run.mutate(false); }}>
              {t("import.start")}
            </Button>
          </>
        )}
      </Group>
    </Stack>
  );
}
