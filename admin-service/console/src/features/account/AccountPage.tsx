/** One's own account: name, password, and what one used. */

import { Button, Card, Group, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { dataOf, gateway } from "@/shared/api/client";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { SESSION, useSignOut, useUser } from "@/shared/auth/session";
import { notifyDone } from "@/shared/ui/notify";
import { PageBody } from "@/shared/ui/PageBody";
import { PageHeader } from "@/shared/ui/PageHeader";
import { PasswordField } from "@/shared/ui/PasswordField";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { Usage } from "./Usage";

const SHORTEST = 8;

export function Component() {
  const { t } = useTranslation("account");
  return (
    <PageBody>
      <PageHeader title={t("title")} text={t("text")} />
      <SimpleGrid cols={{ base: 1, md: 2 }} mb="lg">
        <Profile />
        <Password />
      </SimpleGrid>
      <Usage />
    </PageBody>
  );
}

function Profile() {
  const { t } = useTranslation("account");
  const user = useUser();
  const queries = useQueryClient();
  const form = useForm({ initialValues: { name: user.name ?? "" } });
  const rename = useMutation({
    mutationFn: (name: string) => dataOf(gateway.PATCH("/api/auth/me", { body: { name } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: SESSION });
      notifyDone(t("saved"));
    },
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  return (
    <Card withBorder component="section" aria-labelledby="profile">
      <Title order={2} size="h5" mb="md" id="profile">
        {t("profile")}
      </Title>
      <form onSubmit={form.onSubmit(({ name }) => { rename.mutate(name.trim()); })}>
        <Stack>
          <ProblemAlert problem={rename.error} />
          <div>
            <Text size="sm" fw={500}>
              {t("email")}
            </Text>
            <Text size="sm" c="dimmed">
              {user.email} · {t(`common:role.${user.role}`)}
            </Text>
          </div>
          <TextInput label={t("name")} autoComplete="name" maxLength={200} {...form.getInputProps("name")} />
          <Group justify="flex-end">
            <Button type="submit" loading={rename.isPending} disabled={!form.values.name.trim()}>
              {t("common:action.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function Password() {
  const { t } = useTranslation("account");
  const signOut = useSignOut();
  const form = useForm({
    initialValues: { current_password: "", new_password: "" },
    validate: {
      current_password: (value) => (value ? null : t("needed")),
      new_password: (value) => (value.length >= SHORTEST ? null : t("too_short", { count: SHORTEST })),
    },
  });
  const change = useMutation({
    mutationFn: (values: typeof form.values) => dataOf(gateway.POST("/api/auth/password", { body: values })),
    onSuccess: () => {
      notifyDone(t("password_changed"));
      void signOut();
    },
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  return (
    <Card withBorder component="section" aria-labelledby="password">
      <Title order={2} size="h5" mb="md" id="password">
        {t("password")}
      </Title>
      <form noValidate onSubmit={form.onSubmit((values) => { change.mutate(values); })}>
        <Stack>
          <ProblemAlert problem={change.error} />
          <PasswordField label={t("current")} autoComplete="current-password" {...form.getInputProps("current_password")} />
          <PasswordField label={t("new")} description={t("new_text")} autoComplete="new-password" {...form.getInputProps("new_password")} />
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending}>
              {t("change")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
