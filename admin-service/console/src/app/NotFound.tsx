/** No such page. */

import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { EmptyState } from "@/shared/ui/EmptyState";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState title={t("not_found.title")} text={t("not_found.text")}>
      <Button component={Link} to="/">
        {t("not_found.home")}
      </Button>
    </EmptyState>
  );
}
