/** An account of one's own: by invitation, or open, as the administrator set it. */

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useLocation, useSearchParams } from "react-router";

import { fieldErrors, asProblem } from "@/shared/api/problem";
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
    initialValues: { email: "", name: "", password: "", invitation: search.get("invitation") ?? "" },
    validate: {
      email: (value) => (value.trim() ? null : t("email_missing")),
      password: (value) => (value ? null : t("password_missing")),
    },
  });
  const register = useMutation({
    mutationFn: ({ email, name, password, invitation }: typeof form.values) =>
      signIn(
        "register",
        {
          email: email.trim(),
          password,
          ...(name.trim() ? { name: name.trim() } : {}),
          ...(invitation.trim() ? { invitation: invitation.trim() } : {}),
        },
        queries,
      ),
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  if (session.data) return <Navigate to={pathInside(search.get("next"))} replace />;
  const mode = registration.data?.mode ?? "invitation";
  return (
    <Door title={t("register_title")} text={t(`register_text.${mode}`)}>
      <form noValidate onSubmit={form.onSubmit((values) => { register.mutate(values); })}>
        <Stack gap="md">
          <ProblemAlert problem={register.error} />
          {mode === "open" ? null : (
            <TextInput label={t("invitation")} autoComplete="off" {...form.getInputProps("invitation")} />
          )}
          <TextInput label={t("email")} type="email" autoComplete="username" {...form.getInputProps("email")} />
          <TextInput label={t("name")} autoComplete="name" {...form.getInputProps("name")} />
          <PasswordField label={t("password")} autoComplete="new-password" {...form.getInputProps("password")} />
          <Button type="submit" size="md" loading={register.isPending} disabled={mode === "closed"}>
            {t("register_submit")}
          </Button>
          <Text size="sm" ta="center" c="dimmed">
            {t("has_account")} <Link to={`/login${query}`}>{t("submit")}</Link>
          </Text>
        </Stack>
      </form>
    </Door>
  );
}
