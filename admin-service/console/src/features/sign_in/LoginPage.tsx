/** The login page; leads back to where one was. */

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useLocation, useSearchParams } from "react-router";

import { useRegistration } from "@/shared/api/registration";
import { signIn, useSession } from "@/shared/auth/session";
import { PasswordField } from "@/shared/ui/PasswordField";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { Door } from "./Door";
import { pathInside } from "./next";

export function Component() {
  const { t } = useTranslation("sign_in");
  const queries = useQueryClient();
  const [search] = useSearchParams();
  const { search: query } = useLocation();
  const session = useSession();
  const registration = useRegistration();
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (value.trim() ? null : t("email_missing")),
      password: (value) => (value ? null : t("password_missing")),
    },
  });
  const login = useMutation({
    mutationFn: (values: typeof form.values) => signIn("login", { ...values, email: values.email.trim() }, queries),
  });
  if (session.data) return <Navigate to={pathInside(search.get("next"))} replace />;
  return (
    <Door title={t("title")} text={t("text")}>
      <form noValidate onSubmit={form.onSubmit((values) => { login.mutate(values); })}>
        <Stack gap="md">
          <ProblemAlert problem={login.error} />
          <TextInput label={t("email")} type="email" autoComplete="username" autoFocus {...form.getInputProps("email")} />
          <PasswordField label={t("password")} autoComplete="current-password" {...form.getInputProps("password")} />
          <Button type="submit" size="md" loading={login.isPending}>
            {t("submit")}
          </Button>
          {registration.data && registration.data.mode !== "closed" ? (
            <Text size="sm" ta="center" c="dimmed">
              {t("no_account")} <Link to={`/register${query}`}>{t("register")}</Link>
            </Text>
          ) : null}
        </Stack>
      </form>
    </Door>
  );
}
