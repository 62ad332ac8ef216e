"""The paths and messages of R3 against the requirement's own words, and the guide's example as it stands there."""

import re
import textwrap
from pathlib import Path

import httpx
import orjson
import pytest
from app.openapi import document
from websockets.sync.client import connect

from ..conftest import FakeMesh
from ..fakes.admin import KEY
from ..fakes.llm import Script
from .test_authorisation import concrete
from .test_sessions import begin

FAMILIES = ("/api/auth", "/api/sessions", "/api/llm")
OPERATIONS = sorted(
    (method.upper(), path)
    for path, operations in document()["paths"].items()
    for method in operations
    if path.startswith(FAMILIES)
)
GUIDE = Path(__file__).parents[3] / "docs" / "user-guide" / "sessions.md"


@pytest.mark.parametrize(
    ("prefix", "methods"),
    [
        ("/api/auth", {"GET", "POST", "PUT", "DELETE"}),
        ("/api/sessions", {"GET", "POST", "PUT", "DELETE"}),
        ("/api/sessions/{session_id}/messages", {"GET", "POST", "PUT", "DELETE"}),
        ("/api/llm/generate", {"POST"}),
        ("/api/llm/models", {"GET"}),
    ],
)
def test_the_requirements_paths_are_there_with_their_methods(prefix: str, methods: set[str]) -> None:  # R3.7
    assert methods <= {method for method, path in OPERATIONS if path.startswith(prefix)}


@pytest.mark.parametrize("name", ["register", "login", "logout", "refresh", "me", "usage", "history"])
def test_every_part_of_an_account_has_its_path(name: str) -> None:  # R3.1
    assert f"/api/auth/{name}" in {path for _, path in OPERATIONS}


def test_they_answer_with_and_without_the_slash_and_never_by_a_redirect(client: httpx.Client) -> None:  # R3.7
    for method, path in OPERATIONS:
        url = concrete(path)
        body: dict[str, str] | None = {} if method in {"POST", "PUT", "PATCH"} else None
        plain, slashed = (client.request(method, target, json=body).status_code for target in (url, f"{url}/"))
        assert plain == slashed, (method, path)
        assert not 300 <= plain < 400, (method, path)


def test_the_sockets_messages_are_the_requirements_own(
    mesh: FakeMesh, gateway: str, client: httpx.Client
) -> None:  # R3.4
    mesh.llm.scripts = [Script(["안녕", "하세요"], pause_s=0.1)]
    session = begin(client)
    url = f"{gateway.replace('http', 'ws', 1)}/ws/chat/{session['id']}"
    with connect(url, additional_headers={"Authorization": f"Bearer {KEY}"}, proxy=None) as connection:
        connection.send('{"type":"chat_message","message":"인사해 줘"}')
        text = ""
        while (frame := orjson.loads(connection.recv(10)))["type"] != "ai_complete":
            text += frame["chunk"] if frame["type"] == "ai_chunk" else ""
    assert text == frame["message"]["content"] == "안녕하세요"


def test_the_guides_example_runs_as_it_is_written(
    mesh: FakeMesh, gateway: str, client: httpx.Client, capsys: pytest.CaptureFixture[str]
) -> None:  # R3.4
    mesh.llm.scripts = [Script(["A grid ", "is a table."])]
    found = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    source = textwrap.dedent(found[1]).replace("127.0.0.1:8080", gateway.removeprefix("http://"))
    source = source.replace('"SESSION"', f'"{begin(client)["id"]}"').replace('"KEY"', f'"{KEY}"')
    exec(compile(source, str(GUIDE), "exec"), {})  # noqa: S102 - our own guide
    assert capsys.readouterr().out.strip() == "A grid is a table."
