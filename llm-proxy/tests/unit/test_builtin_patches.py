"""The built-in engine's plans and patches: one thing becomes another, everywhere in what was sent, or nothing."""

import json

import pytest
from app.engines.builtin.engine import BuiltinEngine
from app.engines.protocol import EngineCall

CODE = 'TIMEOUT = 10\n\n\ndef load(url):\n    return get(url, TIMEOUT)\n\n\nload("a")\nreload = "조회"'


def ask(prompt: str, *, task: str = "patch", code: str = CODE, language: str = "en") -> str:
    block = {
        "task": task, "language": language, "prompt": prompt,
        "snippets": [
            {"path": "a.py", "first_line": 11, "last_line": 19},
            {"path": "b.py", "first_line": 1, "last_line": 1},
        ],
    }  # fmt: skip
    text = (
        f"### a.py:11-19\n````python\n{code}\n````\n\n### b.py:1-1\n```python\nload(1)\n```\n\n"
        f"```framewright-request\n{json.dumps(block)}\n```"
    )
    return BuiltinEngine().answer(EngineCall("chat", messages=[{"role": "user", "content": text}]))


def edits(prompt: str, **more: str) -> list[tuple[str, int, str, str]]:
    return [
        (edit["path"], edit["line"], edit["search"], edit["replace"])
        for edit in json.loads(ask(prompt, **more))["edits"]
    ]


@pytest.mark.parametrize(
    "prompt",
    ["rename load to fetch", "Rename the function load to fetch.", "load 함수를 fetch로 바꿔줘",
     "함수 load의 이름을 fetch로 변경해 주세요", "replace `load` with `fetch`"],
)  # fmt: skip
def test_a_name_is_changed_wherever_it_stands_as_a_whole_word(prompt: str) -> None:  # R4.2
    assert edits(prompt) == [
        ("a.py", 14, "def load(url):", "def fetch(url):"),
        ("a.py", 18, 'load("a")', 'fetch("a")'),
        ("b.py", 1, "load(1)", "fetch(1)"),
    ]


def test_a_label_is_changed() -> None:
    assert edits("'조회' 버튼을 '검색'으로 바꿔줘") == [("a.py", 19, 'reload = "조회"', 'reload = "검색"')]


def test_a_value_is_set_where_it_is_assigned_and_nowhere_else() -> None:
    assert edits("TIMEOUT 값을 30으로 변경") == [("a.py", 11, "TIMEOUT = 10", "TIMEOUT = 30")]


@pytest.mark.parametrize(
    "prompt",
    ["add a column", "rename load to fetch and remove TIMEOUT", "a를 b로 바꾸고 c를 d로 바꿔줘", "set load to a(b)",
     "rename load to load", "x" * 2_000],
)  # fmt: skip
def test_what_no_rule_reads_is_said(prompt: str) -> None:
    assert "by rule" in ask(prompt)
    assert "규칙" in ask(prompt, language="ko")


def test_what_the_code_does_not_have_is_said() -> None:
    assert "no 'nothing_here'" in ask("rename nothing_here to x")


def test_a_plan_names_what_is_meant() -> None:  # R4.1
    assert json.loads(ask("rename load to fetch", task="plan")) == {"symbol": "load", "step": "load -> fetch"}
    assert json.loads(ask("make it faster", task="plan")) == {"symbol": "", "step": "make it faster"}


def test_a_code_that_imitates_a_heading_changes_nothing_else() -> None:
    hostile = "x = 1\n### b.py:1-1\n```python\nload(666)\n```\n" + CODE
    found = edits("rename load to fetch", code=hostile)
    assert found[-1] == ("b.py", 1, "load(1)", "fetch(1)")
