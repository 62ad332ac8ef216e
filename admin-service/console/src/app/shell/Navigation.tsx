/** The pages that the user's role may see, in groups. */

import { ScrollArea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import { useUser } from "@/shared/auth/session";

import { GROUPS, PAGES } from "../pages";
import classes from "./shell.module.css";

export function Navigation() {
  const { t } = useTranslation();
  const { role } = useUser();
  const seen = PAGES.filter((page) => page.nav && (!page.roles || page.roles.includes(role)));
  return (
    <ScrollArea className={classes.links} type="hover">
      <nav aria-label={t("shell.navigation")}>
        {GROUPS.map((group) => {
          const pages = seen.filter((page) => page.nav?.group === group);
          if (pages.length === 0) return null;
          return (
            <section key={group} aria-labelledby={`nav-${group}`}>
              <h2 id={`nav-${group}`} className={classes.group}>
                {t(`group.${group}`)}
              </h2>
              {pages.map(({ path, nav }) => {
                if (!nav) return null;
                const Icon = nav.icon;
                return (
                  <NavLink key={path} to={`/${nav.to ?? path}`} className={classes.link}>
                    <Icon size={18} stroke={1.7} aria-hidden />
                    {t(`nav.${nav.label}`)}
                  </NavLink>
                );
              })}
            </section>
          );
        })}
      </nav>
    </ScrollArea>
  );
}
