"""Changes of code that was sent along: edits of its files, or of the spec where an earlier generation made them."""

import json
from typing import Any

import httpx

from ..conftest import FakeMesh
from ..fakes.llm import Script
from .reading import generate

SCREEN = "<map>\n<text text='a'/>\n</map>\n"
SCRIPT = "function load() {\n\treturn 1;\n}\n"


def attached(**files: str) -> list[dict[str, str]]:
    return [{"name": name.replace("__", "."), "content": content} for name, content in files.items()]


def edit(path: str, search: str, replace: str) -> Script:
    return Script([json.dumps({"edits": [{"path": path, "search": search, "replace": replace}]})])


def artifacts(events: list[dict[str, Any]]) -> dict[str, str]:
    return {item["path"]: item["content"] for item in events if item["type"] == "artifact"}


def test_only_what_is_asked_for_changes_in_the_files_sent(mesh: FakeMesh, client: httpx.Client) -> None:  # R1.12
    mesh.llm.scripts = [edit("A.js", "return 1", "return 2")]
    events = generate(client, "1을 2로 바꿔줘", attachments=attached(A__xml=SCREEN, A__js=SCRIPT))
    assert events[-1]["type"] == "completed"
    assert artifacts(events) == {"A.xml": SCREEN, "A.js": SCRIPT.replace("return 1", "return 2")}
    asked = mesh.rag.bodies("/v1/prompts")[-1]
    assert asked["task"] == "patch"
    assert [item["path"] for item in asked["snippets"]] == ["A.xml", "A.js"]


def test_code_in_the_prompt_is_a_file_too(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.scripts = [edit("pasted.js", "return 1", "return 2")]
    events = generate(client, f"1을 2로 바꿔줘\n```js\n{SCRIPT}```")
    assert artifacts(events) == {"pasted.js": SCRIPT.replace("return 1", "return 2")}
    assert mesh.rag.bodies("/v1/prompts")[-1]["prompt"] == "1을 2로 바꿔줘"


def test_edits_that_do_not_fit_are_asked_for_again_and_refused_with_the_reason(
    mesh: FakeMesh, client: httpx.Client
) -> None:
    mesh.llm.scripts = [edit("A.js", "return 7", "return 2"), edit("A.js", "return 1", "return 2")]
    events = generate(client, "1을 2로 바꿔줘", attachments=attached(A__js=SCRIPT))
    assert artifacts(events) == {"A.js": SCRIPT.replace("return 1", "return 2")}
    assert mesh.rag.bodies("/v1/prompts")[-1]["retry_reason"]
    mesh.llm.scripts = [edit("A.js", "return 7", "return 2"), edit("A.js", "return 8", "return 2")]
    events = generate(client, "1을 2로 바꿔줘", attachments=attached(A__js=SCRIPT))
    assert events[-1]["type"] == "failed"
    assert events[-1]["problem"]["code"] == "modification_failed"


def test_the_files_of_an_earlier_generation_bring_their_spec_along(mesh: FakeMesh, client: httpx.Client) -> None:
    first = generate(client)
    made = artifacts(first)
    plain = made["TaskList.xml"].removeprefix("\ufeff").replace("\r\n", "\n")
    mesh.llm.scripts = [Script(["SPEC: 바뀐 제목"])]
    events = generate(client, "제목을 바꿔줘", attachments=attached(TaskList__xml=plain))
    assert events[-1]["type"] == "completed"
    assert mesh.intent.bodies("/v1/intents")[-1]["base"]["generation_id"] == first[0]["generation_id"]
    assert next(item["spec"]["title"] for item in events if item["type"] == "spec") == "바뀐 제목"


def test_a_file_that_was_changed_since_is_edited_as_it_is(mesh: FakeMesh, client: httpx.Client) -> None:
    made = artifacts(generate(client))["TaskList.xml"]
    mesh.llm.scripts = [edit("A.js", "return 1", "return 2")]
    events = generate(client, "1을 2로 바꿔줘", attachments=attached(TaskList__xml=made, A__js=SCRIPT))
    assert artifacts(events) == {"TaskList.xml": made, "A.js": SCRIPT.replace("return 1", "return 2")}


def test_nothing_to_modify_says_what_can_be_sent(client: httpx.Client) -> None:
    events = generate(client, "1을 2로 바꿔줘", attachments=attached(notes__txt="1"))
    assert events[-1]["problem"]["code"] == "nothing_to_modify"
