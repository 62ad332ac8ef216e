"""The official MCP client over streamable HTTP: every tool, refusals as words, keys and cancelling."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

from ..conftest import FakeMesh
from ..fakes.admin import KEY


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


async def test_a_refusal_is_said_in_words(gateway: str) -> None:
    answer = await call(gateway, "generate", {"prompt": "   "})
    assert answer.is_error
    assert "invalid_prompt" in answer.content[0].text
    assert "prompt:" in answer.content[0].text


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
