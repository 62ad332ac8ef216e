/** What is to be compared: every engine in every mode, on the golden screens of the framework. */

import { Button, Group, Modal, MultiSelect, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

const MODES = ["spec", "direct", "auto"] as const;
type Mode = (typeof MODES)[number];
type ComparedValues = Admin["ComparedValues"];
type Varied = keyof typeof VALUES;
/** What can be compared of a model's values, and what is worth comparing. */
const VALUES = {
  examples: ["0", "1", "2", "3"],
  repair_budget: ["0", "1", "2", "3"],
  threshold: ["0.2", "0.3", "0.4", "0.5", "0.6", "0.7"],
  hits: ["1", "2", "3", "5", "8", "12"],
};

export function StartEvaluation({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("evaluations");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const known = useQuery({
    queryKey: ["engines", "names"],
    queryFn: async () => (await dataOf(admin.GET("/api/admin/engines", { params: { query: { limit: 200 } } }))).items,
  });
  const golden = useQuery({ queryKey: ["golden"], queryFn: () => dataOf(admin.GET("/api/admin/golden", {})) });
  const [name, setName] = useState("");
  const [engines, setEngines] = useState<string[]>(["builtin"]);
  const [modes, setModes] = useState<string[]>(["spec"]);
  const [limit, setLimit] = useState<number | null>(null);
  const [repeats, setRepeats] = useState(1);
  const [concurrency, setConcurrency] = useState(1);
  const [vary, setVary] = useState<Varied | null>(null);
  const [values, setValues] = useState<string[]>([]);
  const [judge, setJudge] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: () => {
      const variants = engines.flatMap((engine) => modes.flatMap((mode) => chosen.map((set) => variant(engine, mode as Mode, set))));
      const shared = { name, variants, repeats, concurrency, limit, judge: judge ? { engine: judge } : null };
      const everything = { cases: [], patterns: [], languages: [], own_cases: [], reference: 0 };
      return dataOf(admin.POST("/api/admin/evaluations", { body: { ...shared, ...everything } }));
    },
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ["evaluations"] });
      void navigate(`/evaluations/${made.id}`);
    },
  });
  const names = (known.data ?? []).map((engine) => engine.id);
  const chosen: ComparedValues[] = vary === null || values.length === 0 ? [{}] : values.map((value) => ({ [vary]: Number(value) }));
  const cases = Math.min(limit ?? Infinity, golden.data?.cases.length ?? 0);
  return (
    <Modal opened onClose={onClose} title={t("start")} size="lg" closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <Stack>
        <ProblemAlert problem={start.error ?? known.error ?? golden.error} />
        <TextInput label={t("name")} value={name} onChange={(event) => { setName(event.currentTarget.value); }} />
        <MultiSelect label={t("engines")} description={t("engines_text")} data={names} value={engines} onChange={setEngines} />
        <MultiSelect label={t("modes")} data={[...MODES]} value={modes} onChange={setModes} />
        <Group grow align="flex-start">
          <Select
            label={t("vary")}
            description={t("vary_text")}
            clearable
            data={Object.keys(VALUES).map((value) => ({ value, label: t(`values.${value}`) }))}
            value={vary}
            onChange={(value) => { setVary(value as Varied | null); setValues([]); }}
          />
          <MultiSelect label={t("vary_values")} description={t("vary_values_text")} disabled={vary === null} data={vary === null ? [] : VALUES[vary]} value={values} onChange={setValues} />
        </Group>
        <Group grow>
          <NumberInput label={t("limit")} description={t("limit_text")} min={1} value={limit ?? ""} onChange={(value) => { setLimit(typeof value === "number" ? value : null); }} />
          <NumberInput label={t("repeats")} description={t("repeats_text")} min={1} max={20} value={repeats} onChange={(value) => { setRepeats(Number(value) || 1); }} />
          <NumberInput label={t("concurrency")} description={t("concurrency_text")} min={1} max={16} value={concurrency} onChange={(value) => { setConcurrency(Number(value) || 1); }} />
        </Group>
        <Select label={t("judge")} description={t("judge_text")} clearable data={names} value={judge} onChange={setJudge} />
        <Text size="sm" c="dimmed">{t("generations", { count: cases * engines.length * modes.length * chosen.length * repeats })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
          <Button loading={start.isPending} disabled={engines.length === 0 || modes.length === 0} onClick={() => { start.mutate(); }}>
            {t("start")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function variant(engine: string, mode: Mode, values: ComparedValues) {
  return { name: "", engine, mode, templates: {}, values, gpus: 0, input_per_million: 0, output_per_million: 0, gpu_hour: 0 };
}
