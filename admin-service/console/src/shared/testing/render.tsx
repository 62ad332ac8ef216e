/** Draws a component with theme, texts, cache and a route, as the app does. */

import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import { Suspense, type ReactElement } from "react";
import { createMemoryRouter, RouterProvider, type RouteObject } from "react-router";

import { SESSION, type Role } from "@/shared/auth/session";
import { setupI18n, type Language } from "@/shared/i18n/i18n";
import { cssVariables, theme } from "@/shared/theme/theme";

interface Options {
  language?: Language;
  path?: string;
  /** The route's pattern, where the component reads parameters. */
  route?: string;
  role?: Role | null;
  others?: RouteObject[];
}

export async function renderPage(element: ReactElement, options: Options = {}): Promise<RenderResult> {
  const { language = "en", path = "/", route = "*", role = "admin", others = [] } = options;
  await setupI18n(language);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  if (role !== null) {
    const user = { id: "u1", email: "kim@example.com", name: "Kim", role };
    queries.setQueryData(SESSION, { user, csrf_token: "csrf", expires_in: 1000 });
  }
  const router = createMemoryRouter([...others, { path: route, element }], { initialEntries: [path] });
  return render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      <QueryClientProvider client={queries}>
        <Suspense fallback="…">
          <ModalsProvider>
            <Notifications />
            <RouterProvider router={router} />
          </ModalsProvider>
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
