/** Every request: the CSRF token, its renewal, the end of a sign-in, and problems that name their fields. */

import { afterEach, beforeEach, expect, test } from "vitest";

import { FakeServer, json as answer, problem } from "@/shared/testing/FakeServer";

import { json } from "./client";
import { csrfToken, setCsrfToken, whenSignedOut } from "./csrf";
import { ApiProblem, fieldErrors, NetworkProblem } from "./problem";

let server: FakeServer;
let ended = 0;

beforeEach(() => {
  server = new FakeServer().start();
  ended = 0;
  setCsrfToken("first");
  whenSignedOut(() => {
    ended += 1;
  });
});
afterEach(() => {
  server.stop();
});

test("what changes something carries the token, what reads does not", async () => {
  // R3.8
  server.on("POST /api/x", answer({ ok: true })).on("GET /api/x", answer({ ok: true }));
  await json("/api/x", { method: "POST", body: "{}" });
  await json("/api/x");
  expect(server.asked.map((asked) => asked.headers.get("X-CSRF-Token"))).toEqual(["first", null]);
});

test("a token of an earlier sign-in is renewed once, and the request sent again", async () => {
  server
    .on("POST /api/x", problem(403, "csrf_failed", "another sign-in"), answer({ ok: true }))
    .on("GET /api/auth/session", answer({ csrf_token: "second" }));
  await json("/api/x", { method: "POST", body: '{"a":1}' });
  const sent = server.to("POST /api/x");
  expect(sent.map((asked) => asked.headers.get("X-CSRF-Token"))).toEqual(["first", "second"]);
  expect(sent.map((asked) => asked.body)).toEqual([{ a: 1 }, { a: 1 }]);
});

test("another 403 is not repeated", async () => {
  server.on("POST /api/x", problem(403, "forbidden", "not yours"));
  await expect(json("/api/x", { method: "POST" })).rejects.toMatchObject({ code: "forbidden" });
  expect(server.asked).toHaveLength(1);
});

test("a 401 ends the sign-in, but not while signing in", async () => {
  server
    .on("GET /api/x", problem(401, "unauthenticated", "over"))
    .on("POST /api/auth/login", problem(401, "invalid_credentials", "wrong"));
  await expect(json("/api/auth/login", { method: "POST" })).rejects.toMatchObject({ status: 401 });
  expect(ended).toBe(0);
  await expect(json("/api/x")).rejects.toMatchObject({ status: 401 });
  expect(ended).toBe(1);
  expect(csrfToken()).toBe("");
});

test("a problem says which field and why", async () => {
  server.on("POST /api/x", problem(422, "invalid", "2 fields", [{ field: "email", message: "is taken" }]));
  const failure = await json("/api/x", { method: "POST" }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiProblem);
  expect(fieldErrors(failure as ApiProblem)).toEqual({ email: "is taken" });
});

test("no answer at all is a problem of the network", async () => {
  server.on("GET /api/x", () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(json("/api/x")).rejects.toBeInstanceOf(NetworkProblem);
});
