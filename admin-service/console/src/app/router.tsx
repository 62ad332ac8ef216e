/** The routes: the login page, and everything else behind it. */

import { createBrowserRouter, Navigate, type RouteObject } from "react-router";

import { PageLoading } from "@/shared/ui/PageLoading";

import { NotFound } from "./NotFound";
import { PageFailure } from "./PageFailure";
import { PAGES } from "./pages";
import { RequireRole } from "./RequireRole";
import { Shell } from "./shell/Shell";
import { SignedIn } from "./SignedIn";

const pages: RouteObject[] = PAGES.map(({ path, load, roles }) => ({
  path,
  errorElement: <PageFailure />,
  lazy: async () => {
    const { Component } = await load();
    return {
      element: roles ? (
        <RequireRole roles={roles}>
          <Component />
        </RequireRole>
      ) : (
        <Component />
      ),
    };
  },
}));

export const routes: RouteObject[] = [
  { path: "login", lazy: () => import("@/features/sign_in/LoginPage"), errorElement: <PageFailure /> },
  { path: "register", lazy: () => import("@/features/sign_in/RegisterPage"), errorElement: <PageFailure /> },
  {
    element: <SignedIn />,
    errorElement: <PageFailure />,
    children: [
      {
        element: <Shell />,
        children: [{ index: true, element: <Navigate to="/studio" replace /> }, ...pages, { path: "*", element: <NotFound /> }],
      },
    ],
  },
];

export function createRouter() {
  const root: RouteObject = { hydrateFallbackElement: <PageLoading />, children: routes };
  return createBrowserRouter([root], { basename: "/console" });
}
