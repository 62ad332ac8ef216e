/** The console's start. */

import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@/shared/theme/global.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "@/app/App";
import { createRouter } from "@/app/router";
import { createQueryClient } from "@/shared/api/query";
import { setupI18n } from "@/shared/i18n/i18n";

await setupI18n();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App queries={createQueryClient()} router={createRouter()} />
    </StrictMode>,
  );
}
