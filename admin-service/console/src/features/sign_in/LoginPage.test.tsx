/** The login: the cookie's session, what went wrong, and the way back. */

import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";

import { csrfToken } from "@/shared/api/csrf";
import { FakeServer, json, problem } from "@/shared/testing/FakeServer";
import { renderPage } from "@/shared/testing/render";

import { Component as LoginPage } from "./LoginPage";
import { pathInside } from "./next";

let server: FakeServer;
const SESSION = { user: { id: "u1", email: "kim@example.com", name: "Kim", role: "developer" }, csrf_token: "t0k", expires_in: 100 };

beforeEach(() => {
  server = new FakeServer()
    .on("GET /api/auth/session", problem(401, "unauthenticated", ""))
    .on("GET /api/auth/registration", json({ mode: "invitation" }))
    .start();
});
afterEach(() => {
  server.stop();
});

async function open(path = "/login") {
  await renderPage(<LoginPage />, { path, route: "/login", role: null, others: [{ path: "*", element: <p>inside</p> }] });
  await screen.findByRole("heading", { name: "Welcome back" });
}

test("signs in by the cookie, keeps the token in memory alone, and leads back", async () => {
  // R3.1
  server.on("POST /api/auth/login", json(SESSION));
  await open("/login?next=%2Fhistory");
  await userEvent.type(screen.getByLabelText("Email"), " kim@example.com ");
  await userEvent.type(screen.getByLabelText("Password", { selector: "input" }), "secret words{Enter}");
  await screen.findByText("inside");
  expect(server.to("POST /api/auth/login")[0]?.body).toEqual({ email: "kim@example.com", password: "secret words", cookie: true });
  expect(csrfToken()).toBe("t0k");
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain("t0k");
});

test("says what went wrong, in the reader's words", async () => {
  server.on("POST /api/auth/login", problem(401, "invalid_credentials", "The email or the password is wrong."));
  await open();
  await userEvent.type(screen.getByLabelText("Email"), "kim@example.com");
  await userEvent.type(screen.getByLabelText("Password", { selector: "input" }), "wrong{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("The email or the password is wrong.");
});

test("asks for what is missing before it asks the server", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => { expect(screen.getByText("Please enter your email.")).toBeInTheDocument(); });
  expect(server.to("POST /api/auth/login")).toEqual([]);
});

test.each([
  ["/studio/1?x=2", "/studio/1?x=2"],
  ["https://elsewhere.invalid/", "/"],
  ["//elsewhere.invalid", "/"],
  ["/\\elsewhere.invalid", "/"],
  ["javascript:alert(1)", "/"],
  ["/login?next=/login", "/"],
  [null, "/"],
])("after the sign-in %s leads to %s", (next, path) => {
  expect(pathInside(next)).toBe(path);
});
