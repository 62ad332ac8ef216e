/** A page for some roles; the services refuse the others too. */

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useUser, type Role } from "@/shared/auth/session";
import { EmptyState } from "@/shared/ui/EmptyState";

export function RequireRole({ roles, children }: { roles: readonly Role[]; children: ReactNode }) {
  const { t } = useTranslation();
  if (!roles.includes(useUser().role)) return <EmptyState title={t("forbidden.title")} text={t("forbidden.text")} />;
  return children;
}
