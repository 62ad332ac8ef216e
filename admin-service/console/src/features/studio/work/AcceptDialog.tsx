/** Takes the code over, with a rating and a word: what was typed over the files is kept with it, to learn from. */

import { Button, Checkbox, Group, Modal, Rating, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { dataOf, gateway } from "@/shared/api/client";
import { notifyDone } from "@/shared/ui/notify";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { File } from "../run/events";

interface Props {
  id: string;
  opened: boolean;
  onClose: () => void;
  files: readonly File[];
  edits: Readonly<Record<string, string>>;
}

export function AcceptDialog({ id, opened, onClose, files, edits }: Props) {
  const { t } = useTranslation("studio");
  const queries = useQueryClient();
  const [rating, setRating] = useState(0);
  const [comment, setComment] = useState("");
  const [consent, setConsent] = useState(false);
  const accept = useMutation({
    mutationFn: () =>
      dataOf(
        gateway.POST("/api/v1/generations/{generation_id}/feedback", {
          params: { path: { generation_id: id } },
          body: {
            rating: rating || null,
            comment: comment.trim() || null,
            consent,
            accepted: files.map(({ path, content }) => ({ path, content: edits[path] ?? content })),
          },
        }),
      ),
    onSuccess: () => {
      notifyDone(t("accepted"));
      void queries.invalidateQueries({ queryKey: ["generation", id] });
      onClose();
    },
  });
  const edited = Object.keys(edits).length;
  return (
    <Modal opened={opened} onClose={onClose} title={t("accept_title")} closeButtonProps={{ "aria-label": t("common:action.close") }}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t("accept_text")}
          {edited > 0 ? ` ${t("accept_edited", { count: edited })}` : ""}
        </Text>
        <ProblemAlert problem={accept.error} />
        <Group gap="sm">
          <Text size="sm" fw={500} id="rating">
            {t("rating")}
          </Text>
          <Rating value={rating} onChange={setRating} aria-labelledby="rating" getSymbolLabel={(value) => t("stars", { count: value })} />
        </Group>
        <Textarea
          label={t("comment")}
          autosize
          minRows={3}
          maxLength={10_000}
          value={comment}
          onChange={(event) => { setComment(event.currentTarget.value); }}
        />
        <Checkbox
          label={t("consent")}
          description={t("consent_text")}
          checked={consent}
          onChange={(event) => { setConsent(event.currentTarget.checked); }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common:action.cancel")}
          </Button>
          <Button loading={accept.isPending} onClick={() => { accept.mutate(); }}>
            {t("accept")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
