/** Who is signed in; theme, language, sign-out. */

import { Avatar, Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSelector, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useSignOut, useUser } from "@/shared/auth/session";
import { chooseLanguage, LANGUAGES } from "@/shared/i18n/i18n";

import classes from "./shell.module.css";

const THEMES = [
  { value: "light", icon: IconSun },
  { value: "dark", icon: IconMoon },
  { value: "auto", icon: IconDeviceDesktop },
] as const;

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const user = useUser();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = user.name ?? user.email;
  return (
    <div className={classes.user}>
      <Menu position="top-start" width={220} withinPortal>
        <Menu.Target>
          <UnstyledButton className={classes.userButton} aria-label={t("shell.account_menu", { name })}>
            <Avatar size={32} radius="xl" color="celadon" name={name} variant="filled" alt="" />
            <span className={classes.userText}>
              <strong>{name}</strong>
              <small>{t(`role.${user.role}`)}</small>
            </span>
            <IconSelector size={16} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("shell.theme")}</Menu.Label>
          {THEMES.map(({ value, icon: Icon }) => (
            <Menu.Item
              key={value}
              leftSection={<Icon size={16} />}
              rightSection={colorScheme === value ? <IconCheck size={14} aria-label={t("shell.chosen")} /> : null}
              onClick={() => { setColorScheme(value); }}
            >
              {t(`theme.${value}`)}
            </Menu.Item>
          ))}
          <Menu.Label>{t("shell.language")}</Menu.Label>
          {LANGUAGES.map((language) => (
            <Menu.Item
              key={language}
              lang={language}
              rightSection={i18n.language === language ? <IconCheck size={14} aria-label={t("shell.chosen")} /> : null}
              onClick={() => void chooseLanguage(language)}
            >
              {language === "ko" ? "한국어" : "English"}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
            {t("shell.sign_out")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
