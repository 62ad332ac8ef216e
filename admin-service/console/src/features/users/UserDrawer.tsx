/** One account: role, state, a new password, its end. */

import { Button, Drawer, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ifMatch } from "@/shared/api/lists";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { confirm } from "@/shared/ui/confirm";
import { notifyDone, notifyProblem } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { Secret } from "@/shared/ui/Secret";

import { ROLES } from "./roles";

type User = Admin["UserResponse"];

export function UserDrawer({ user, onClose }: { user: User | null; onClose: () => void }) {
  const { t } = useTranslation("users");
  return (
    <Drawer opened={user !== null} onClose={onClose} position="right" title={user?.email} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      {user ? <Account key={user.id} user={user} onClose={onClose} /> : null}
    </Drawer>
  );
}

function Account({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("users");
  const queries = useQueryClient();
  const params = { path: { user_id: user.id } };
  const form = useForm({ initialValues: { name: user.name, role: user.role, disabled: user.disabled } });
  const changed = () => queries.invalidateQueries({ queryKey: ["users"] });
  const change = useMutation({
    mutationFn: (values: typeof form.values) =>
      dataOf(admin.PATCH("/api/admin/users/{user_id}", { params: { ...params, header: ifMatch(user.version) }, body: values })),
    onSuccess: async () => {
      await changed();
      notifyDone(t("changed"));
      onClose();
    },
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  const reset = useMutation({
    mutationFn: () => dataOf(admin.POST("/api/admin/users/{user_id}/password", { params, body: {} })),
  });
  const remove = useMutation({
    mutationFn: () => admin.DELETE("/api/admin/users/{user_id}", { params }),
    onSuccess: async () => {
      await changed();
      onClose();
    },
    onError: (error) => { notifyProblem(error, t); },
  });
  useEffect(() => { reset.reset(); }, [user.id]); // eslint-disable-line react-hooks/exhaustive-deps -- for each account anew
  return (
    <form onSubmit={form.onSubmit((values) => { change.mutate(values); })}>
      <Stack>
        <ProblemAlert problem={change.error ?? reset.error} />
        <TextInput label={t("name")} {...form.getInputProps("name")} />
        <Select
          label={t("role")}
          allowDeselect={false}
          data={ROLES.map((value) => ({ value, label: t(`common:role.${value}`) }))}
          {...form.getInputProps("role")}
        />
        <Switch label={t("disable")} description={t("disable_text")} {...form.getInputProps("disabled", { type: "checkbox" })} />
        <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
          {t("common:action.save")}
        </Button>
        {reset.data?.password ? <Secret label={t("new_password")} value={reset.data.password} /> : null}
        <Group grow>
          <Button variant="default" loading={reset.isPending} onClick={() => { reset.mutate(); }}>
            {t("reset_password")}
          </Button>
          <Button
            variant="default"
            loading={remove.isPending}
            onClick={() => {
              confirm({
                title: t("remove"),
                text: t("remove_text", { email: user.email }),
                confirm: t("common:action.delete"),
                cancel: t("common:action.cancel"),
                onConfirm: () => { remove.mutate(); },
              });
            }}
          >
            {t("remove")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
