/** Every page behind the sign-in: where it is, who sees it, and the chunk that holds it. Adding a page is adding a line. */

import {
  IconAdjustments,
  IconArrowsSplit2,
  IconBook2,
  IconCpu,
  IconFileText,
  IconGauge,
  IconHistory,
  IconKey,
  IconListSearch,
  IconMessageCircle,
  IconReceipt2,
  IconRosetteDiscountCheck,
  IconScale,
  IconSchool,
  IconShieldSearch,
  IconSparkles,
  IconThumbUp,
  IconUserCircle,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

import type { Role } from "@/shared/auth/session";

export type Group = "create" | "operate" | "configure" | "access";
/** In the order of the navigation. */
export const GROUPS: readonly Group[] = ["create", "operate", "configure", "access"];

export interface Page {
  /** React Router's pattern, below /console/. */
  path: string;
  load: () => Promise<{ Component: ComponentType }>;
  /** None: everybody who is signed in. */
  roles?: readonly Role[];
  /** A line of the navigation; its text is `nav.<label>` of common.json. */
  nav?: { label: string; icon: Icon; group: Group; to?: string };
}

export const PAGES: readonly Page[] = [
  {
    path: "studio/:generationId?",
    load: () => import("@/features/studio/StudioPage"),
    nav: { label: "studio", icon: IconSparkles, group: "create", to: "studio" },
  },
  {
    path: "chat/:sessionId?",
    load: () => import("@/features/chat/ChatPage"),
    nav: { label: "chat", icon: IconMessageCircle, group: "create", to: "chat" },
  },
  {
    path: "history",
    load: () => import("@/features/history/HistoryPage"),
    nav: { label: "history", icon: IconHistory, group: "create" },
  },
  {
    path: "dashboard",
    load: () => import("@/features/dashboard/DashboardPage"),
    roles: ["admin", "operator"],
    nav: { label: "dashboard", icon: IconGauge, group: "operate" },
  },
  {
    path: "usage",
    load: () => import("@/features/usage/UsagePage"),
    roles: ["admin", "operator"],
    nav: { label: "usage", icon: IconReceipt2, group: "operate" },
  },
  {
    path: "logs/:generationId?",
    load: () => import("@/features/logs/LogsPage"),
    roles: ["admin", "operator"],
    nav: { label: "logs", icon: IconListSearch, group: "operate", to: "logs" },
  },
  {
    path: "evaluations",
    load: () => import("@/features/evaluations/EvaluationsPage"),
    roles: ["admin", "operator"],
    nav: { label: "evaluations", icon: IconScale, group: "operate" },
  },
  {
    path: "evaluations/:evaluationId",
    load: () => import("@/features/evaluations/EvaluationPage"),
    roles: ["admin", "operator"],
  },
  {
    path: "experiments",
    load: () => import("@/features/experiments/ExperimentsPage"),
    roles: ["admin", "operator"],
    nav: { label: "experiments", icon: IconArrowsSplit2, group: "operate" },
  },
  {
    path: "experiments/:experimentId",
    load: () => import("@/features/experiments/ExperimentPage"),
    roles: ["admin", "operator"],
  },
  {
    path: "releases",
    load: () => import("@/features/releases/ReleasesPage"),
    roles: ["admin", "operator"],
    nav: { label: "releases", icon: IconRosetteDiscountCheck, group: "operate" },
  },
  {
    path: "engines",
    load: () => import("@/features/engines/EnginesPage"),
    roles: ["admin", "operator"],
    nav: { label: "engines", icon: IconCpu, group: "configure" },
  },
  {
    path: "knowledge",
    load: () => import("@/features/knowledge/KnowledgePage"),
    roles: ["admin", "operator"],
    nav: { label: "knowledge", icon: IconBook2, group: "configure" },
  },
  {
    path: "examples",
    load: () => import("@/features/examples/ExamplesPage"),
    roles: ["admin", "operator"],
    nav: { label: "examples", icon: IconThumbUp, group: "configure" },
  },
  {
    path: "training",
    load: () => import("@/features/training/TrainingPage"),
    roles: ["admin", "operator"],
    nav: { label: "training", icon: IconSchool, group: "configure" },
  },
  {
    path: "templates",
    load: () => import("@/features/templates/TemplatesPage"),
    roles: ["admin", "operator"],
    nav: { label: "templates", icon: IconFileText, group: "configure" },
  },
  { path: "templates/:framework/:name", load: () => import("@/features/templates/TemplatePage"), roles: ["admin", "operator"] },
  {
    path: "settings",
    load: () => import("@/features/settings/SettingsPage"),
    roles: ["admin", "operator"],
    nav: { label: "settings", icon: IconAdjustments, group: "configure" },
  },
  {
    path: "users",
    load: () => import("@/features/users/UsersPage"),
    roles: ["admin"],
    nav: { label: "users", icon: IconUsers, group: "access" },
  },
  {
    path: "keys",
    load: () => import("@/features/keys/KeysPage"),
    roles: ["admin"],
    nav: { label: "keys", icon: IconKey, group: "access" },
  },
  {
    path: "audit",
    load: () => import("@/features/audit/AuditPage"),
    roles: ["admin"],
    nav: { label: "audit", icon: IconShieldSearch, group: "access" },
  },
  {
    path: "account",
    load: () => import("@/features/account/AccountPage"),
    nav: { label: "account", icon: IconUserCircle, group: "access" },
  },
];
