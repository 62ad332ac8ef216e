"""Every path × every role × no token, made from the API document: a new path without a line in the table fails."""

import json
import re

import httpx
import pytest
from app.openapi import document

from chassis.testing import service_headers
from tests.conftest import Api

ALL, MANAGERS, ADMINS = {"admin", "operator", "developer"}, {"admin", "operator"}, {"admin"}
RULES: tuple[tuple[str, str, set[str]], ...] = (
    ("/api/admin/(users|invitations|audit|signing-keys)(/.*)?", ".*", ADMINS),
    ("/api/admin/keys(/.*)?", ".*", ALL),
    (
        "/api/admin/(engines|settings|operations|usage|evaluations|examples|experiments|golden|profiles|releases)(/.*)?",
        ".*",
        MANAGERS,
    ),
    ("/api/admin/(templates|knowledge|knowledge_files|knowledge_index)(/.*)?", "GET", ALL),
    ("/api/admin/(templates|knowledge|knowledge_files|knowledge_index)(/.*)?", ".*", MANAGERS),
    ("/api/admin/generations(/.*)?", "GET", ALL),
)
"""Path, method, and who may; the first line that covers an operation holds."""
OPEN = {"/livez", "/readyz", "/docs", "/openapi.json"}
OPERATIONS = [
    (method.upper(), path) for path, operations in json.loads(document())["paths"].items() for method in operations
]
FOR_PEOPLE = [(method, path) for method, path in OPERATIONS if path.startswith("/api/")]


def allowed(method: str, path: str) -> set[str] | None:
    found = (
        roles for pattern, methods, roles in RULES if re.fullmatch(pattern, path) and re.fullmatch(methods, method)
    )
    return next(found, None)


def concrete(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "1", path)


def test_every_path_for_people_has_a_line_in_the_table() -> None:  # R3.8
    missing = [(method, path) for method, path in FOR_PEOPLE if allowed(method, path) is None]
    assert missing == [], "give each of these a line in RULES, and in the README's table of roles"


async def test_without_a_token_nothing_is_reached(client: httpx.AsyncClient) -> None:  # R3.8
    for method, path in OPERATIONS:
        answer = await client.request(method, concrete(path), json={})
        assert (answer.status_code == 401) == (path not in OPEN), (method, path, answer.status_code)


@pytest.mark.parametrize("role", sorted(ALL))
async def test_each_role_reaches_what_is_its_own(client: httpx.AsyncClient, admin: Api, role: str) -> None:  # R3.8
    person = Api(client, user_id=admin.user_id if role == "admin" else "somebody", role=role)
    for method, path in FOR_PEOPLE:
        answer = await person(method, concrete(path), {} if method != "GET" else None)
        refused = role not in (allowed(method, path) or set())
        assert (answer.status_code == 403) == refused, (method, path, answer.status_code, answer.text)


async def test_a_service_that_acts_for_nobody_reaches_nothing_for_people(client: httpx.AsyncClient) -> None:
    for method, path in FOR_PEOPLE:
        answer = await client.request(
            method, concrete(path), json={}, headers=service_headers("admin-service", caller="rag-service")
        )
        assert answer.status_code == 403, (method, path, answer.status_code)


async def test_another_users_key_is_not_found_but_by_an_admin(client: httpx.AsyncClient, admin: Api) -> None:  # R3.8
    made = await admin.post("/api/admin/keys", {"name": "mine"})
    path = f"/api/admin/keys/{made.json()['key']['id']}"
    for role in ("operator", "developer"):
        stranger = Api(client, user_id="somebody", role=role)
        assert (await stranger("DELETE", path)).status_code == 404
        assert (await stranger.get("/api/admin/keys")).json()["items"] == []
    assert (await admin("DELETE", path)).status_code == 204
