/** Asks before something that can't be undone. */

import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";

interface Question {
  title: string;
  text: string;
  confirm: string;
  cancel: string;
  onConfirm: () => void;
  danger?: boolean;
}

export function confirm({ title, text, confirm: yes, cancel, onConfirm, danger = true }: Question): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{text}</Text>,
    labels: { confirm: yes, cancel },
    confirmProps: { color: danger ? "red.9" : "celadon" },
    onConfirm,
  });
}
