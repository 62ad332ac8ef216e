/** What holds for everybody, with its meaning; every change is in force at once. */

import { Button, Fieldset, Group, NumberInput, Select, SimpleGrid, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ifMatch } from "@/shared/api/lists";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { useRegistration, type RegistrationMode } from "@/shared/api/registration";
import { useSettings } from "@/shared/api/settings";
import { notifyDone } from "@/shared/ui/notify";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { LogFields, logOf } from "./LogFields";
import { PriceFields, priceLines, pricesOf } from "./PriceFields";
import type { SettingsValues } from "./values";

type Settings = Admin["SettingsResponse"];
const CLASSES = ["small", "medium", "large"] as const;
const REGISTRATIONS = ["open", "invitation", "closed"] as const;

export function Component() {
  const { t } = useTranslation("settings");
  const settings = useSettings();
  const registration = useRegistration();
  const engines = useQuery({
    queryKey: ["engines", "all"],
    queryFn: () => dataOf(admin.GET("/api/admin/engines", { params: { query: { limit: 200 } } })),
  });
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")} />
      <ProblemAlert problem={settings.error} onRetry={() => void settings.refetch()} />
      {settings.data && !engines.isPending && !registration.isPending ? (
        <SettingsForm
          key={settings.data.version}
          settings={settings.data}
          registration={registration.data?.mode ?? "closed"}
          engines={(engines.data?.items ?? []).map((item) => item.id)}
        />
      ) : settings.isPending || engines.isPending || registration.isPending ? (
        <Skeleton height={320} />
      ) : null}
    </PageBody>
  );
}

interface FormProps {
  readonly settings: Settings;
  /** What is in force where none is set. */
  readonly registration: RegistrationMode;
  readonly engines: readonly string[];
}

function SettingsForm({ settings, registration, engines }: FormProps) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const form = useForm<SettingsValues>({
    initialValues: {
      default_engine: settings.default_engine,
      default_framework: settings.default_framework ?? "",
      registration: settings.registration ?? registration,
      retrieval: settings.retrieval,
      log: { ...settings.log, keep_days: settings.log.keep_days ?? "", keep_details_days: settings.log.keep_details_days ?? "" },
      currency: settings.currency,
      prices: priceLines(engines, settings.prices),
    },
  });
  const save = useMutation({
    mutationFn: (values: SettingsValues) =>
      dataOf(
        admin.PATCH("/api/admin/settings", {
          params: { header: ifMatch(settings.version) },
          body: { ...values, default_framework: values.default_framework || null, log: logOf(values.log), prices: pricesOf(values.prices) },
        }),
      ),
    onSuccess: async () => {
      notifyDone(t("saved"));
      await queries.invalidateQueries({ queryKey: ["settings"] });
    },
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  const known = [...new Set(["builtin", ...engines, settings.default_engine])];
  return (
    <form onSubmit={form.onSubmit((values) => { save.mutate(values); })}>
      <Stack maw={720}>
        <ProblemAlert problem={save.error} />
        <Select label={t("default_engine")} description={t("default_engine_text")} allowDeselect={false} data={known} {...form.getInputProps("default_engine")} />
        <TextInput label={t("default_framework")} description={t("default_framework_text")} {...form.getInputProps("default_framework")} />
        <Select
          label={t("registration")}
          description={t("registration_text")}
          allowDeselect={false}
          data={REGISTRATIONS.map((value) => ({ value, label: t(`registrations.${value}`) }))}
          {...form.getInputProps("registration")}
        />
        <Fieldset legend={t("retrieval")}>
          <Text size="sm" c="dimmed" mb="xs">
            {t("retrieval_text")}
          </Text>
          {CLASSES.map((name) => (
            <SimpleGrid key={name} cols={3} mb="xs" style={{ alignItems: "end" }}>
              <Text size="sm" pb={8}>{t(`classes.${name}`)}</Text>
              <NumberInput label={t("threshold")} min={0} max={1} step={0.05} decimalScale={2} {...form.getInputProps(`retrieval.${name}.threshold`)} />
              <NumberInput label={t("limit")} min={0} max={50} {...form.getInputProps(`retrieval.${name}.limit`)} />
            </SimpleGrid>
          ))}
        </Fieldset>
        <LogFields form={form} />
        <PriceFields form={form} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("common:action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
