/** The frame of the login and the registration: the form at one side, what waits behind it at the other. */

import { Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { chooseLanguage, LANGUAGES, type Language } from "@/shared/i18n/i18n";
import { Brand } from "@/shared/ui/Brand";
import { usePageTitle } from "@/shared/ui/PageHeader";

import classes from "./door.module.css";

interface Props {
  title: string;
  text: string;
  children: ReactNode;
}

export function Door({ title, text, children }: Props) {
  const { t, i18n } = useTranslation("sign_in");
  usePageTitle(title);
  return (
    <main className={classes.door}>
      <div className={classes.side}>
        <Group justify="space-between" align="center">
          <Brand />
          <SegmentedControl
            size="xs"
            aria-label={t("language")}
            value={i18n.language}
            onChange={(value) => void chooseLanguage(value as Language)}
            data={LANGUAGES.map((value) => ({ value, label: value === "ko" ? "한국어" : "English" }))}
          />
        </Group>
        <Stack gap={4} className={classes.form}>
          <Title order={1} size="h2">
            {title}
          </Title>
          <Text c="dimmed" size="sm" mb="lg">
            {text}
          </Text>
          {children}
        </Stack>
      </div>
      <Picture />
    </main>
  );
}

/** What the product does, drawn: a sentence becomes a screen. */
function Picture() {
  const { t } = useTranslation("sign_in");
  const columns = [t("picture.id"), t("picture.title"), t("picture.status"), t("picture.due")];
  return (
    <div className={classes.picture} aria-hidden>
      <div className={classes.prompt}>
        {t("picture.prompt")}
        <span className={classes.caret} />
      </div>
      <div className={classes.screen}>
        <div className={classes.bar}>
          <strong>{t("picture.screen")}</strong>
          <span className={classes.button}>{t("picture.search")}</span>
          <span className={classes.button} data-main>
            {t("picture.save")}
          </span>
        </div>
        <div className={classes.grid}>
          {columns.map((column) => (
            <b key={column}>{column}</b>
          ))}
          {[0, 1, 2, 3].flatMap((row) =>
            columns.map((column, index) => (
              <i key={`${column}${String(row)}`} style={{ width: `${String(38 + ((row * 29 + index * 17) % 46))}%` }} />
            )),
          )}
        </div>
      </div>
      <p className={classes.claim}>{t("picture.claim")}</p>
    </div>
  );
}
