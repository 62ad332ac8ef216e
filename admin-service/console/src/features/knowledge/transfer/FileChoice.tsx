/** The files that are to go in: by a button or by dropping them, counted, and named while they are few. */

import { Anchor, Button, Group, Paper, Text } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { ACCEPTED } from "./upload";

const NAMED = 6;
interface Props {
  files: readonly File[];
  onAdd: (files: File[]) => void;
  onClear: () => void;
}

export function FileChoice({ files, onAdd, onClear }: Props) {
  const { t } = useTranslation("knowledge");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const named = files.slice(0, NAMED).map((file) => file.name).join(", ");
  return (
    <Paper
      withBorder
      p="md"
      ta="center"
      style={{ borderStyle: "dashed", background: over ? "var(--fw-accent-ground)" : "var(--fw-sunken)" }}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => { setOver(false); }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onAdd([...event.dataTransfer.files]);
      }}
    >
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        data-testid="knowledge-files"
        onChange={(event) => {
          onAdd([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <Group justify="center" gap="sm">
        <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} onClick={() => input.current?.click()}>
          {t("import.choose")}
        </Button>
        <Text size="sm" c="dimmed">{t("import.or_drop")}</Text>
      </Group>
      {files.length > 0 ? (
        <Text size="sm" mt="xs" style={{ overflowWrap: "anywhere" }} aria-live="polite">
          {t("import.chosen", { count: files.length })}: {named}
          {files.length > NAMED ? " …" : ""}{" "}
          <Anchor component="button" type="button" size="sm" onClick={onClear}>{t("import.clear")}</Anchor>
        </Text>
      ) : null}
    </Paper>
  );
}
