"""What already speaks a protocol works with no code: the official clients of OpenAI, Ollama and MCP, over the mesh."""

from collections.abc import Iterator

import httpx2
import ollama
import openai
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from openai.types.chat import ChatCompletionMessageParam

from support.mesh import Mesh

PROMPT = "Task 관리 화면 만들어줘"
MESSAGES: list[ChatCompletionMessageParam] = [{"role": "user", "content": PROMPT}]


@pytest.fixture
def openai_client(mesh: Mesh) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{mesh.url}/v1", api_key=mesh.key, timeout=120, max_retries=0) as client:
        yield client


@pytest.fixture
def ollama_client(mesh: Mesh) -> Iterator[ollama.Client]:
    with ollama.Client(host=mesh.url, headers={"Authorization": f"Bearer {mesh.key}"}, timeout=120) as client:
        yield client


def test_openai_lists_the_pipeline_as_a_model(openai_client: openai.OpenAI):  # R3.7, R5.2
    names = [model.id for model in openai_client.models.list().data]
    assert names[0] == "framewright"
    assert "builtin" in names


def test_openai_completes_a_generation(openai_client: openai.OpenAI):  # R1.12, R5.2, R5.5
    answer = openai_client.chat.completions.create(model="framewright", messages=MESSAGES)
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0
    text = answer.choices[0].message.content or ""
    for path in ("TaskList.xml", "TaskList.js", "task.sql"):
        assert path in text
    assert text.count("```") == 6, "each file in a fenced block"


def test_openai_streams_stages_as_reasoning_and_files_as_text(openai_client: openai.OpenAI):  # R1.7, R1.9
    text, reasoning, usage = "", "", None
    stream = openai_client.chat.completions.create(
        model="framewright", messages=MESSAGES, stream=True, stream_options={"include_usage": True}
    )  # fmt: skip
    for chunk in stream:
        usage = chunk.usage or usage
        for choice in chunk.choices:
            text += choice.delta.content or ""
            reasoning += getattr(choice.delta, "reasoning_content", None) or ""
    assert text.count("```") == 6
    assert reasoning.startswith("[intent]")
    assert usage is not None


def test_openai_errors_are_openais(openai_client: openai.OpenAI, mesh: Mesh):
    with pytest.raises(openai.NotFoundError, match="no-such-model"):
        openai_client.chat.completions.create(model="no-such-model", messages=MESSAGES)
    nobody = openai.OpenAI(base_url=f"{mesh.url}/v1", api_key="fwk_1_wrong", max_retries=0)
    with nobody, pytest.raises(openai.AuthenticationError):
        nobody.models.list()


def test_ollama_lists_shows_generates_and_chats(ollama_client: ollama.Client):  # R4.4
    assert "builtin" in [model.model for model in ollama_client.list().models]
    assert ollama_client.show("builtin").details is not None
    assert ollama_client.generate(model="builtin", prompt="안녕").response
    assert ollama_client.chat(model="builtin", messages=[{"role": "user", "content": "안녕"}]).message.content
    parts = list(ollama_client.generate(model="builtin", prompt="안녕", stream=True))
    assert [part.done for part in parts] == [False] * (len(parts) - 1) + [True]
    with pytest.raises(ollama.ResponseError, match="no-such-model") as refused:
        ollama_client.generate(model="no-such-model", prompt="x")
    assert refused.value.status_code == 404


@pytest.mark.asyncio
async def test_mcp_searches_generates_validates_and_patches(mesh: Mesh):  # R5.5
    headers = {"Authorization": f"Bearer {mesh.key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=120, trust_env=False) as http,
        Client(streamable_http_client(f"{mesh.url}/mcp", http_client=http)) as agent,
    ):
        assert {tool.name for tool in (await agent.list_tools()).tools} >= {"generate", "search", "validate", "patch"}
        found = (await agent.call_tool("search", {"query": "그리드 저장"})).structured_content
        assert found is not None
        assert found["hits"]
        made = (await agent.call_tool("generate", {"prompt": PROMPT})).structured_content
        assert made is not None
        assert {file["path"] for file in made["files"]} == {"TaskList.xml", "TaskList.js", "task.sql"}
        files = [{name: file[name] for name in ("path", "language", "content")} for file in made["files"]]
        checked = await agent.call_tool("validate", {"files": files})
        assert not checked.is_error
        script = next(file["content"] for file in made["files"] if file["path"] == "TaskList.js")
        line = next(line for line in script.splitlines() if len(line.strip()) > 10 and script.count(line) == 1)
        sent = [{"path": "TaskList.js", "content": script}]
        edit = {"path": "TaskList.js", "search": line, "replace": f"{line} // {PROMPT}"}
        patched = (await agent.call_tool("patch", {"files": sent, "edits": [edit]})).structured_content
        assert patched is not None
        assert [file["path"] for file in patched["files"]] == ["TaskList.js"]
        assert patched["files"][0]["content"] == script.replace(line, f"{line} // {PROMPT}")
        nowhere = {**edit, "search": "a text that stands nowhere in the file"}
        assert (await agent.call_tool("patch", {"files": sent, "edits": [nowhere]})).is_error
