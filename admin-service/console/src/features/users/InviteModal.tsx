/** An invitation: a code with which somebody registers, in a role, until it expires. */

import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";
import { asProblem, fieldErrors } from "@/shared/api/problem";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";
import { Secret } from "@/shared/ui/Secret";

import { ROLES } from "./roles";

export function InviteModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("users");
  const form = useForm({ initialValues: { email: "", role: "developer", days: 7 } });
  const invite = useMutation({
    mutationFn: (values: typeof form.values) =>
      dataOf(admin.POST("/api/admin/invitations", { body: { ...values, email: values.email || null } })),
    onError: (error) => { form.setErrors(fieldErrors(asProblem(error))); },
  });
  const close = () => {
    form.reset();
    invite.reset();
    onClose();
  };
  const link = invite.data
    ? `${globalThis.location.origin}/console/register?invitation=${encodeURIComponent(invite.data.code)}`
    : "";
  return (
    <Modal opened={opened} onClose={close} title={t("invite")} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      {link ? (
        <Stack>
          <Secret label={t("invitation_link")} value={link} />
          <Button onClick={close}>{t("common:action.close")}</Button>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((values) => { invite.mutate(values); })}>
          <Stack>
            <ProblemAlert problem={invite.error} />
            <TextInput label={t("invite_email")} description={t("invite_email_text")} type="email" data-autofocus {...form.getInputProps("email")} />
            <Select
              label={t("role")}
              allowDeselect={false}
              data={ROLES.map((value) => ({ value, label: t(`common:role.${value}`) }))}
              {...form.getInputProps("role")}
            />
            <NumberInput label={t("days")} min={1} max={90} {...form.getInputProps("days")} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t("common:action.cancel")}
              </Button>
              <Button type="submit" loading={invite.isPending}>
                {t("invite")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
