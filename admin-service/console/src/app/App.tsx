/** Theme, texts, cache and routes around the pages. */

import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { Suspense } from "react";
import { RouterProvider, type DataRouter } from "react-router";

import { colorSchemes, cssVariables, theme } from "@/shared/theme/theme";
import { PageLoading } from "@/shared/ui/PageLoading";

export function App({ queries, router }: { queries: QueryClient; router: DataRouter }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <Suspense fallback={<PageLoading />}>
          <ModalsProvider>
            <Notifications position="bottom-right" />
            <RouterProvider router={router} />
          </ModalsProvider>
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
