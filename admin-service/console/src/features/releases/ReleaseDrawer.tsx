/** One release: what was there before, what the gate said, who overruled it and why; the newest can be taken back. */

import { Button, Drawer, Group, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { admin, dataOf } from "@/shared/api/client";
import { VerdictText } from "@/shared/gates/VerdictText";
import { confirm } from "@/shared/ui/confirm";
import { Moment } from "@/shared/ui/Moment";
import { notifyDone } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import { shown, verdictOf, type Release } from "./verdicts";

interface Props {
  release: Release;
  /** Whether it is what is in production now. */
  newest: boolean;
  onClose: () => void;
}

export function ReleaseDrawer({ release, newest, onClose }: Props) {
  const { t } = useTranslation("releases");
  const queries = useQueryClient();
  const back = useMutation({
    mutationFn: () =>
      dataOf(
        admin.POST("/api/admin/releases/{kind}/{subject}/rollback", {
          params: { path: { kind: release.kind, subject: release.subject }, query: { release: release.id } },
        }),
      ),
    onSuccess: async () => {
      notifyDone(t("rolled_back"));
      onClose();
      await queries.invalidateQueries();
    },
  });
  const ask = () => {
    confirm({
      title: t("roll_back"),
      text: t("roll_back_text", { subject: release.subject, before: shown(release.kind, release.before) || t("packs_own") }),
      confirm: t("roll_back"),
      cancel: t("common:action.cancel"),
      onConfirm: () => { back.mutate(); },
    });
  };
  const lines: [string, React.ReactNode][] = [
    [t("kind"), t(`kinds.${release.kind}`)],
    [t("value"), shown(release.kind, release.value) || t("packs_own")],
    [t("before"), shown(release.kind, release.before) || (release.kind === "template" ? t("packs_own") : "–")],
    [t("by"), release.released_by],
    [t("at"), <Moment key="at" at={release.released_at} />],
  ];
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={release.subject} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <Stack>
        <ProblemAlert problem={back.error} />
        <Table aria-label={release.subject}>
          <Table.Tbody>
            {lines.map(([title, text]) => (
              <Table.Tr key={title}>
                <Table.Th scope="row" w={160} fw={400}>{title}</Table.Th>
                <Table.Td>{text}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <VerdictText verdict={verdictOf(release)} />
        {release.overruled ? <Text size="sm"><strong>{t("overruled_because")}</strong> {release.overruled}</Text> : null}
        {newest && release.kind !== "pack" && release.undoes === null ? (
          <Group justify="flex-end"><Button color="red.9" loading={back.isPending} onClick={ask}>{t("roll_back")}</Button></Group>
        ) : null}
      </Stack>
    </Drawer>
  );
}
