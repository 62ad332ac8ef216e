"""Engines' answers as edits: every usual form, and what is never applied."""

import json
from typing import Any

import pytest
from app.core.frameworks import Frameworks
from app.features.patches.schemas import PatchRequest, PatchResponse
from app.features.patches.service import PatchService

from chassis.errors import ServiceError

HEAD = "def load(url):\n    data = get(url)\n    return data\n\n\ndef save(url, data):\n    return put(url, data)\n"
CODE = HEAD + "".join(f"\n\ndef other_{number}():\n    return {number}\n" for number in range(4))
EDIT = {"path": "a.py", "search": "    data = get(url)", "replace": "    data = fetch(url)"}
WANTED = CODE.replace("get(url)", "fetch(url)")


@pytest.fixture(scope="module")
def service(frameworks: Frameworks) -> PatchService:
    return PatchService(frameworks)


def read(service: PatchService, answer: str, **more: Any) -> PatchResponse:
    body = {"files": [{"path": "a.py", "content": CODE}], "shown": [{"path": "a.py"}], "language": "en"}
    return service.apply(PatchRequest.model_validate({**body, "answer": answer, **more}))


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps({"edits": [EDIT]}),
        f"Sure! Here it is:\n```json\n{json.dumps({'edits': [EDIT]}, indent=2)}\n```\nDone.",
        json.dumps([EDIT]),
        json.dumps(EDIT),
        "{'edits': [{'file': 'a.py', 'old': '    data = get(url)', 'new': '    data = fetch(url)',},]}",
        json.dumps({"edits": [{**EDIT, "search": ["    data = get(url)"], "replace": ["    data = fetch(url)"]}]}),
        json.dumps({"edits": [{"search": EDIT["search"], "replace": EDIT["replace"]}]}),
        '<think>The user wants {"edits": []}</think>' + json.dumps({"edits": [EDIT]}),
        "a.py\n```python\n<<<<<<< SEARCH\n    data = get(url)\n=======\n    data = fetch(url)\n>>>>>>> REPLACE\n```",
        "<<<<<<< SEARCH\n    data = get(url)\n=======\n    data = fetch(url)\n>>>>>>> REPLACE",
        "```diff\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-    data = get(url)\n+    data = fetch(url)\n```",
        "@@ -99,9 +99,9 @@ made up\n-    data = get(url)\n+    data = fetch(url)\n\n",
        f"```python\n{WANTED}```",
        f"Here is `a.py`:\n```python\n{WANTED}\n```",
    ],
)  # fmt: skip
def test_an_edit_is_read_in_every_usual_form(service: PatchService, answer: str) -> None:  # R4.2
    assert read(service, answer).files[0].content == WANTED


def test_a_whole_snippet_goes_back_where_it_was_shown(service: PatchService) -> None:
    shown = [{"path": "a.py", "first_line": 1, "last_line": 3}]
    answer = "```python\ndef load(url):\n    data = fetch(url)\n    return data\n```"
    assert read(service, answer, shown=shown).files[0].content == WANTED


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", "no_edits"), ("I can't do that.", "no_edits"), ('{"edits": []}', "no_edits"), ("{}", "no_edits"),
        ("the the the the", "no_edits"), ("[[[[{{{{", "no_edits"), ("<think>forever", "truncated"),
        ('{"edits": [{"path": "a.py", "search": "    data = get(url)", "replace": "    da', "truncated"),
        ("<<<<<<< SEARCH\n    data = get(url)\n=======\n    data", "truncated"),
        ("```python\ndef load(url):\n", "truncated"),
        (f"```python\n{CODE[:120]}\n# ... rest of the code ...\n```", "elided"),
        ("```python\ndef load(url):\n    return get(url)\n```", "drops_too_much"),
        (json.dumps({"edits": [{"path": "b.py", "search": "x", "replace": "y"}]}), "unknown_file"),
        (json.dumps({"edits": [{"path": "../x", "content": "y"}]}), "unsafe_path"),
        (json.dumps({"edits": [EDIT] * 501}), "too_large"),
        ('{"a": {"path": "x.py", "content": "y"}}', "no_edits"),
    ],
)  # fmt: skip
def test_what_is_no_whole_answer_is_never_applied(service: PatchService, answer: str, code: str) -> None:  # R4.2
    with pytest.raises(ServiceError) as caught:
        read(service, answer)
    assert caught.value.code == code


def test_an_answer_at_its_token_limit_must_be_closed(service: PatchService) -> None:
    answer = "```diff\n@@ -1 +1 @@\n-    data = get(url)\n+    data = fetch(url)"
    with pytest.raises(ServiceError) as caught:
        read(service, answer, finish_reason="length")
    assert caught.value.code == "truncated"
    assert read(service, json.dumps({"edits": [EDIT]}), finish_reason="length").files


def test_json_within_code_is_code(service: PatchService) -> None:
    answer = '```python\nx = {"path": "evil.py", "content": "pwned"}\ny = [{"path": "e.py", "content": ""}]\n```'
    with pytest.raises(ServiceError) as caught:
        read(service, answer)
    assert caught.value.code == "drops_too_much"


def test_a_refusal_carries_the_edits_that_were_read(service: PatchService) -> None:
    wrong = {"path": "a.py", "search": "nothing", "replace": "x"}
    with pytest.raises(ServiceError) as caught:
        read(service, json.dumps({"edits": [EDIT, wrong]}))
    assert caught.value.extra["edits"] == [EDIT, wrong]
    assert caught.value.extra["failures"][0]["edit"] == 1
