/** The frame around every page: navigation at the side, below a button on narrow screens. */

import { AppShell, Box, Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";

import { Brand } from "@/shared/ui/Brand";
import { PageLoading } from "@/shared/ui/PageLoading";

import { Navigation } from "./Navigation";
import classes from "./shell.module.css";
import { UserMenu } from "./UserMenu";

export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: { base: 52, md: 0 } }}
      navbar={{ width: 236, breakpoint: "md", collapsed: { mobile: !opened } }}
      padding={0}
      transitionDuration={160}
    >
      <a href="#main" className={classes.skip}>
        {t("shell.skip")}
      </a>
      <AppShell.Header className={classes.header} hiddenFrom="md">
        <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
          <Brand />
          <Burger opened={opened} onClick={toggle} size="sm" aria-label={t("shell.menu")} aria-expanded={opened} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar}>
        <Box visibleFrom="md" px="md" pt="md" pb={6}>
          <Brand />
        </Box>
        <Navigation />
        <UserMenu />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <Suspense fallback={<PageLoading />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}
