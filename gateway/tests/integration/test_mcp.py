"""The official MCP client over streamable HTTP: every tool, refusals as words, keys and cancelling."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

from ..conftest import FakeMesh, SettingsFactory
from ..fakes.admin import KEY
from .stopping import LONG, first_generation, stopping_gateway


@asynccontextmanager
async def connected(gateway: str, key: str = KEY) -> AsyncIterator[Client]:
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=30) as http,
        Client(streamable_http_client(f"{gateway}/mcp", http_client=http)) as client,
    ):
        yield client


async def call(gateway: str, tool: str, arguments: dict[str, Any]) -> Any:
    async with connected(gateway) as client:
        return await client.call_tool(tool, arguments)


async def test_the_tools_are_named_and_described(gateway: str) -> None:
    async with connected(gateway) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"generate", "search", "validate", "patch"}
    assert all(tool.description for tool in tools.values())
    assert tools["generate"].input_schema["required"] == ["prompt"]


async def test_a_generation_gives_its_files_and_tells_its_stages(gateway: str) -> None:
    said: list[str] = []

    async def told(progress: float, total: float | None, message: str | None) -> None:
        del progress, total
        said.append(message or "")

    async with connected(gateway) as client:
        answer = await client.call_tool("generate", {"prompt": "Task 관리 화면 만들어줘"}, progress_callback=told)
    assert not answer.is_error
    result = answer.structured_content
    assert result is not None
    assert result["status"] == "completed"
    assert result["files"]
    assert {"path", "language", "content"} == set(result["files"][0])
    assert said


async def test_a_search_gives_hits(gateway: str) -> None:
    answer = await call(gateway, "search", {"query": "그리드 저장", "limit": 3})
    assert answer.structured_content["hits"][0]["id"]


async def test_files_are_checked(gateway: str, mesh: FakeMesh) -> None:
    files = [{"path": "A.js", "content": "x", "language": "javascript"}]
    answer = await call(gateway, "validate", {"files": files})
    assert not answer.is_error
    assert "files" in answer.structured_content


async def test_edits_are_applied(gateway: str) -> None:
    files = [{"path": "a.js", "content": "let a = 1;\n"}]
    edits = [{"path": "a.js", "search": "1", "replace": "2"}]
    answer = await call(gateway, "patch", {"files": files, "edits": edits})
    assert not answer.is_error
    assert answer.structured_content["files"][0]["path"] == "a.js"


ARGUMENTS: dict[str, dict[str, Any]] = {
    "generate": {"prompt": "Task 관리 화면 만들어줘"},
    "search": {"query": "그리드", "index": "code"},
    "validate": {"files": [{"path": "A.js", "content": "x", "language": "javascript"}]},
    "patch": {
        "files": [{"path": "a.js", "content": "let a = 1;\n"}],
        "edits": [{"path": "a.js", "search": "1", "replace": "2"}],
    },
}
REACHED = {"generate": {"generate", "validate"}, "search": {"search"}, "patch": {"patch", "validate"}}


@pytest.mark.parametrize("scope", ["generate", "search", "patch"])
async def test_a_limited_key_reaches_the_tools_of_its_scope(gateway: str, mesh: FakeMesh, scope: str) -> None:  # R3.8
    mesh.admin.scopes = {"k1": [scope]}
    async with connected(gateway) as client:
        answers = {tool: await client.call_tool(tool, arguments) for tool, arguments in ARGUMENTS.items()}
    assert {tool for tool, answer in answers.items() if not answer.is_error} == REACHED[scope]
    refused: list[Any] = [answer.content[0] for answer in answers.values() if answer.is_error]
    assert all("scope_missing" in said.text for said in refused)


@pytest.mark.parametrize("scope", ["chat", "admin"])
def test_other_limited_keys_find_the_door_closed(gateway: str, mesh: FakeMesh, scope: str) -> None:  # R3.8
    mesh.admin.scopes = {"k1": [scope]}
    answer = httpx.post(f"{gateway}/mcp", json={}, headers={"Authorization": f"Bearer {KEY}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


async def test_a_generation_that_failed_is_an_error(gateway: str) -> None:
    answer = await call(gateway, "generate", {"prompt": "제목을 바꿔줘"})
    assert answer.is_error
    assert "nothing_to_modify" in answer.content[0].text


async def test_a_generation_that_was_cancelled_is_an_error(gateway: str, mesh: FakeMesh) -> None:
    mesh.llm.scripts = [LONG]
    calling = asyncio.create_task(call(gateway, "generate", ARGUMENTS["generate"]))
    headers = {"Authorization": f"Bearer {KEY}"}
    async with httpx.AsyncClient(base_url=gateway, headers=headers, trust_env=False) as client:
        await client.delete(f"/api/v1/generations/{await first_generation(client)}")
    answer = await asyncio.wait_for(calling, 10)
    assert answer.is_error
    assert "cancelled" in answer.content[0].text


async def test_a_gateway_that_stops_ends_the_call_with_an_error(
    settings_with: SettingsFactory, mesh: FakeMesh
) -> None:  # R3.8
    mesh.llm.scripts = [LONG]
    with stopping_gateway(settings_with(), settings_with(drain_s=0.5)) as gateways:
        calling = asyncio.create_task(call(gateways.url, "generate", ARGUMENTS["generate"]))
        await gateways.stop_while_it_generates()
        answer = await asyncio.wait_for(calling, 10)
        assert answer.is_error
        assert "gateway_stop" in answer.content[0].text
        assert gateways.statuses() == ["failed"]


async def test_a_refusal_is_said_in_words(gateway: str) -> None:
    answer = await call(gateway, "generate", {"prompt": "   "})
    assert answer.is_error
    assert "invalid_prompt" in answer.content[0].text
    assert "prompt:" in answer.content[0].text


@pytest.mark.parametrize("field", ["prompt", "framework"])
async def test_what_postgresql_does_not_take_is_refused_by_name(gateway: str, mesh: FakeMesh, field: str) -> None:
    answer = await call(gateway, "generate", {**ARGUMENTS["generate"], field: "a\x00b"})
    assert answer.is_error
    assert field in answer.content[0].text
    assert mesh.intent.calls == []


def test_nobody_comes_in_without_a_key(gateway: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Accept": "application/json, text/event-stream"}
    assert httpx.post(f"{gateway}/mcp", json=body, headers=headers).status_code == 401


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"jsonrpc":"2.0"}'])
def test_what_is_no_message_is_refused(gateway: str, content: bytes) -> None:
    headers = {
        "Accept": "application/json, text/event-stream",
        "Content-Type": "application/json",
        "Authorization": f"Bearer {KEY}",
    }
    assert 400 <= httpx.post(f"{gateway}/mcp", content=content, headers=headers).status_code < 500
