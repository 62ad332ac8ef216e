/** What is to be compared: engines, modes, template versions and values, on the golden screens of the framework. */

import { Button, Group, Modal, MultiSelect, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { admin, dataOf } from "@/shared/api/client";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { MODES, pinsOf, PRODUCTION, VALUES, variantsOf, type Varied } from "./variants";

export function StartEvaluation({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("evaluations");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const known = useQuery({
    queryKey: ["engines", "names"],
    queryFn: async () => (await dataOf(admin.GET("/api/admin/engines", { params: { query: { limit: 200 } } }))).items,
  });
  const templates = useQuery({
    queryKey: ["templates", "names"],
    queryFn: async () => (await dataOf(admin.GET("/api/admin/templates", { params: { query: { limit: 200 } } }))).items,
  });
  const golden = useQuery({ queryKey: ["golden"], queryFn: () => dataOf(admin.GET("/api/admin/golden", {})) });
  const [name, setName] = useState("");
  const [engines, setEngines] = useState<string[]>(["builtin"]);
  const [modes, setModes] = useState<string[]>(["spec"]);
  const [pins, setPins] = useState<string[]>([PRODUCTION]);
  const [reference, setReference] = useState<string | null>(null);
  const [limit, setLimit] = useState<number | null>(null);
  const [repeats, setRepeats] = useState(1);
  const [concurrency, setConcurrency] = useState(1);
  const [vary, setVary] = useState<Varied | null>(null);
  const [values, setValues] = useState<string[]>([]);
  const [judge, setJudge] = useState<string | null>(null);
  const variants = variantsOf({ engines, modes, pins, vary, values });
  const first = Math.max(0, variants.findIndex(({ label }) => label === reference));
  const start = useMutation({
    mutationFn: () => {
      const shared = { name, variants: variants.map(({ body }) => body), reference: first, repeats, concurrency, limit, judge: judge ? { engine: judge } : null };
      const everything = { cases: [], patterns: [], languages: [], own_cases: [] };
      return dataOf(admin.POST("/api/admin/evaluations", { body: { ...shared, ...everything } }));
    },
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ["evaluations"] });
      void navigate(`/evaluations/${made.id}`);
    },
  });
  const names = (known.data ?? []).map((engine) => engine.id);
  const versions = (templates.data ?? [])
    .filter((template) => template.framework === golden.data?.framework)
    .map((template) => ({ group: template.id, items: pinsOf(template) }));
  const cases = Math.min(limit ?? Infinity, golden.data?.cases.length ?? 0);
  return (
    <Modal opened onClose={onClose} title={t("start")} size="lg" closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <Stack>
        <ProblemAlert problem={start.error ?? known.error ?? templates.error ?? golden.error} />
        <TextInput label={t("name")} value={name} onChange={(event) => { setName(event.currentTarget.value); }} />
        <MultiSelect label={t("engines")} data={names} value={engines} onChange={setEngines} />
        <MultiSelect label={t("modes")} data={[...MODES]} value={modes} onChange={setModes} />
        <MultiSelect
          label={t("pins")}
          description={t("pins_text")}
          searchable
          data={[{ value: PRODUCTION, label: t("production") }, ...versions]}
          value={pins}
          onChange={setPins}
        />
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
        <Select
          label={t("reference")}
          description={t("reference_text")}
          allowDeselect={false}
          disabled={variants.length === 0}
          data={variants.map(({ label }) => label)}
          value={variants[first]?.label ?? null}
          onChange={setReference}
        />
        <Group grow>
          <NumberInput label={t("limit")} description={t("limit_text")} min={1} value={limit ?? ""} onChange={(value) => { setLimit(typeof value === "number" ? value : null); }} />
          <NumberInput label={t("repeats")} description={t("repeats_text")} min={1} max={20} value={repeats} onChange={(value) => { setRepeats(Number(value) || 1); }} />
          <NumberInput label={t("concurrency")} description={t("concurrency_text")} min={1} max={16} value={concurrency} onChange={(value) => { setConcurrency(Number(value) || 1); }} />
        </Group>
        <Select label={t("judge")} description={t("judge_text")} clearable data={names} value={judge} onChange={setJudge} />
        <Text size="sm" c="dimmed">{t("generations", { count: cases * variants.length * repeats })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
          <Button loading={start.isPending} disabled={variants.length === 0} onClick={() => { start.mutate(); }}>
            {t("start")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
