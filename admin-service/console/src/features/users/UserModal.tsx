/** A new account; without a password one is made up and shown once. */

import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { Secret } from "@/shared/ui/Secret";

import { ROLES } from "./roles";

export function UserModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("users");
  const queries = useQueryClient();
  const form = useForm({ initialValues: { email: "", name: "", role: "developer" } });
  const create = useMutation({
    mutationFn: (values: typeof form.values) =>
      dataOf(admin.POST("/api/admin/users", { body: { email: values.email, name: values.name || null, role: values.role } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["users"] }),
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  const close = () => {
    form.reset();
    create.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={t("add")} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      {create.data ? (
        <Stack>
          {create.data.password ? <Secret label={t("first_password")} value={create.data.password} /> : t("made")}
          <Button onClick={close}>{t("common:action.close")}</Button>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((values) => { create.mutate(values); })}>
          <Stack>
            <ProblemAlert problem={create.error} />
            <TextInput label={t("email")} type="email" required data-autofocus {...form.getInputProps("email")} />
            <TextInput label={t("name")} {...form.getInputProps("name")} />
            <Select
              label={t("role")}
              allowDeselect={false}
              data={ROLES.map((value) => ({ value, label: t(`common:role.${value}`) }))}
              {...form.getInputProps("role")}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t("common:action.cancel")}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t("common:action.add")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
