"""The authorisation matrix: every path of the API, every role, no credential, limited keys, another user's object.

It is made from the API document and `core.access`: a path without a line in the table fails here.
"""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from app.core.access import RULES, written_rule
from app.openapi import document

from chassis.testing import TEST_METRICS_TOKEN, service_headers

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY, OTHER_KEY
from ..samples import SPEC
from .test_sessions import begin, say

ROLES = ("admin", "operator", "developer")
SCOPES = ("generate", "search", "patch", "chat", "admin")
ABSENT = "01890000-0000-7000-8000-000000000000"
OPERATIONS = sorted((method.upper(), path) for path, operations in document()["paths"].items() for method in operations)
PASSED_ON = [(method, "/api/admin/users") for method in ("GET", "POST", "PUT", "PATCH", "DELETE")]
"""Not in the document: admin-service documents and checks them itself."""
AGENTS = [("POST", "/mcp"), ("DELETE", "/mcp")]
"""Not in the document: a protocol of its own, whose tools are told apart in `test_mcp`."""
ELSEWHERE = [("GET", "/metrics"), ("GET", "/"), ("GET", "/console/"), ("GET", "/ws/chat/{session_id}")]
"""Not in the document: what is scraped, what a browser opens, a WebSocket."""
SHARED = {"repository_id": "0123456789abcdef", "model_id": "vllm"}
"""Parameters that stand for something that belongs to all."""
BODIES: dict[tuple[str, str], Any] = {
    ("PUT", "/api/v1/generations/{generation_id}/spec"): SPEC,
    ("POST", "/api/v1/generations/{generation_id}/answers"): {"question_id": "q", "value": "v"},
    ("POST", "/api/sessions/{session_id}/messages"): {"message": "x"},
    ("PUT", "/api/sessions/{session_id}/messages/{message_id}"): {"content": "x"},
}
"""Where an empty object is refused before anybody asks whose the object is."""


def concrete(path: str, values: dict[str, str] | None = None) -> str:
    """The path with its parameters filled: by values, by what is shared, else by an id that there is not."""
    for part in path.split("/"):
        if part.startswith("{"):
            name = part.strip("{}").partition(":")[0]
            path = path.replace(part, {**SHARED, **(values or {})}.get(name, ABSENT))
    return path


def parameters(path: str) -> set[str]:
    return {part.strip("{}").partition(":")[0] for part in path.split("/") if part.startswith("{")}


def call(client: httpx.Client, method: str, path: str, url: str, headers: dict[str, str]) -> httpx.Response:
    body = BODIES.get((method, path), {}) if method in {"POST", "PUT", "PATCH"} else None
    with client.stream(method, url, json=body, headers=headers) as answer:
        if "event-stream" not in answer.headers.get("content-type", ""):
            answer.read()
        return answer


def bearer(credential: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {credential}"}


@pytest.fixture
def caller(mesh: FakeMesh, start_gateway: GatewayFactory) -> Iterator[httpx.Client]:
    """Keys of every role, `fwk_<role>`, and of every scope, `fwk_<scope>`."""
    mesh.admin.keys |= {f"fwk_{role}": (f"k-{role}", f"user-{role}", role) for role in ROLES}
    mesh.admin.keys |= {f"fwk_{scope}_only": (f"s-{scope}", "alice", "admin") for scope in SCOPES}
    mesh.admin.scopes = {f"s-{scope}": [scope] for scope in SCOPES}
    with httpx.Client(base_url=start_gateway(), timeout=20) as client:
        yield client


def test_every_path_has_a_line_in_the_table() -> None:  # R3.8
    missing = [(method, path) for method, path in OPERATIONS if written_rule(method, concrete(path)) is None]
    assert missing == [], "give each of these a line in app/core/access.py"


def alternatives(pattern: str) -> Iterator[str]:
    """The patterns that a pattern stands for, one for each combination of its groups' alternatives."""
    group = re.search(r"\(([^()]*\|[^()]*)\)", pattern)
    if group is None:
        yield pattern
        return
    for choice in group[1].split("|"):
        yield from alternatives(pattern.replace(group[0], choice, 1))


def test_every_line_of_the_table_is_for_something() -> None:
    for rule in RULES:
        reached = [
            concrete(path)
            for method, path in OPERATIONS + PASSED_ON + AGENTS + ELSEWHERE
            if written_rule(method, concrete(path)) is rule
        ]
        for pattern in alternatives(rule.path.pattern):
            assert any(re.fullmatch(pattern, path) for path in reached), f"no route for {pattern}"


def test_without_a_credential_nothing_is_reached_but_what_is_open(caller: httpx.Client) -> None:  # R3.8
    for method, path in OPERATIONS + PASSED_ON + AGENTS:
        rule = written_rule(method, concrete(path))
        assert rule is not None
        answer = call(caller, method, path, concrete(path), {})
        assert (answer.status_code != 401) == (rule.audience == "open"), (method, path, answer.status_code)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_is_its_own(caller: httpx.Client, role: str) -> None:  # R3.8
    for method, path in OPERATIONS + PASSED_ON + AGENTS:
        rule = written_rule(method, concrete(path))
        assert rule is not None
        answer = call(caller, method, path, concrete(path), bearer(f"fwk_{role}"))
        if rule.audience in {"service", "scrape"}:
            assert answer.status_code == 401, (method, path)
        elif rule.audience == "user":
            refused = bool(rule.roles) and role not in rule.roles
            assert (answer.status_code == 403) == refused, (method, path, answer.status_code)
            assert answer.status_code != 401, (method, path)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_limited_key_reaches_what_its_scope_names(caller: httpx.Client, scope: str) -> None:  # R3.8
    for method, path in OPERATIONS + PASSED_ON + AGENTS:
        rule = written_rule(method, concrete(path))
        assert rule is not None
        if rule.audience == "user":
            answer = call(caller, method, path, concrete(path), bearer(f"fwk_{scope}_only"))
            reached = rule.limited_keys and (not rule.scopes or scope in rule.scopes)
            assert (answer.status_code == 403) != reached, (method, path, answer.status_code)


def test_services_reach_what_is_theirs_and_nothing_else(caller: httpx.Client) -> None:
    headers = service_headers("gateway", caller="admin-service")
    for method, path in OPERATIONS:
        rule = written_rule(method, concrete(path))
        assert rule is not None
        if rule.audience != "open":
            answer = call(caller, method, path, concrete(path), headers)
            assert (answer.status_code != 401) == (rule.audience == "service"), (method, path)
    assert caller.get("/metrics", headers=bearer(TEST_METRICS_TOKEN)).status_code == 200


def objects_of(alice: httpx.Client) -> dict[str, str]:
    """One object of every kind that the API has, by the name of its parameter."""
    session = begin(alice)
    message = say(alice, session, "안녕")
    generation = alice.post("/api/v1/generations", json={"prompt": "Task 관리 화면 만들어줘"}).json()
    values = {
        "generation_id": generation["generation_id"], "session_id": session["id"], "message_id": message["id"],
        "path": "TaskList.xml",
    }  # fmt: skip
    paths = {path for _, path in OPERATIONS}
    if "/api/v1/batches/{batch_id}" in paths:
        csv = "prompt\nTask 관리 화면 만들어줘\n".encode()
        accepted = alice.post("/api/v1/batches", content=csv, headers={"Content-Type": "text/csv"})
        values["batch_id"] = accepted.json()["batch_id"]
    if "/api/v1/patches/{patch_id}" in paths:
        values["patch_id"] = patch_of(alice)
    if "/api/v1/plans/{plan_id}" in paths:
        body = {"intent": "rename load", "paths": ["a.py"], "code_paste": "def load():\n    return 1\n"}
        values["plan_id"] = alice.post("/plan", json=body).json()["plan_id"]
    return values


def patch_of(alice: httpx.Client) -> str:
    edit = {"path": "a.js", "search": "1", "replace": "2"}
    answer = alice.post("/api/v1/patches", json={"files": [{"path": "a.js", "content": "let a = 1;"}], "edits": [edit]})
    assert answer.is_success, answer.text
    patch_id: str = answer.json()["patch_id"]
    return patch_id


OWNED = [operation for operation in OPERATIONS if parameters(operation[1]) - set(SHARED)]


@pytest.mark.parametrize("credential", [OTHER_KEY, "fwk_admin", "fwk_operator"])
def test_another_users_object_is_not_found_whatever_the_role(
    mesh: FakeMesh, caller: httpx.Client, credential: str
) -> None:  # R3.8
    with httpx.Client(base_url=caller.base_url, headers=bearer(KEY), timeout=20) as alice:
        values = objects_of(alice)
        for method, path in OWNED:
            rule = written_rule(method, concrete(path))
            assert rule is not None
            if rule.audience != "user":
                continue
            assert parameters(path) <= set(values) | set(SHARED), f"give the matrix an object for {path}"
            url = concrete(path, values)
            answer = call(caller, method, path, url, bearer(credential))
            assert answer.status_code == 404, (method, path, answer.status_code)
        for url in (f"/api/v1/generations/{values['generation_id']}", f"/api/sessions/{values['session_id']}"):
            assert alice.get(url).status_code == 200
