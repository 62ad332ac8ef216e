/** Every page behind the sign-in: where it is, who sees it, and the chunk that holds it. Adding a page is adding a line. */

import {
  IconHistory,
  IconMessageCircle,
  IconSparkles,
  IconUserCircle,
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
    path: "account",
    load: () => import("@/features/account/AccountPage"),
    nav: { label: "account", icon: IconUserCircle, group: "access" },
  },
];
