"""Plans: which definitions an intent is about, the snippets around them, and engines' answers, cut off or not."""

from typing import Any

import pytest
from app.features.plans.schemas import PlanRequest, PlanResponse
from app.features.plans.service import PlanService

from chassis.errors import Unprocessable

CODE = "import os\n" + "".join(
    f"\n\ndef task_{number}(x):\n" + "".join(f"    x = x + {line}\n" for line in range(6)) + "    return x\n"
    for number in range(30)
)


def plan(intent: str, content: str = CODE, path: str = "a.py", **more: Any) -> PlanResponse:
    body = {"intent": intent, "files": [{"path": path, "content": content}], "language": "en", **more}
    return PlanService().plan(PlanRequest.model_validate(body))


def test_a_snippet_has_20_to_30_lines_around_the_function() -> None:  # R4.3
    made = plan("rename task_17 to fetch")
    snippet = made.snippets[0]
    assert snippet.symbol == "task_17"
    assert "def task_17(x):" in snippet.text
    assert 20 <= snippet.last_line - snippet.first_line + 1 <= 30
    assert made.source == "rules"
    assert made.steps == ["rename task_17 to fetch"]


def test_the_context_has_a_limit_in_characters() -> None:  # R4.1
    for limit in (200, 1_200):
        made = plan("task_1 task_2 task_3 task_4", max_characters=limit)
        assert 0 < sum(len(snippet.text) for snippet in made.snippets) <= limit


def test_a_long_function_gives_30_lines() -> None:  # R4.3
    code = "def long(x):\n" + "    x = 1\n" * 200
    snippet = plan("change long", code, max_characters=5_000).snippets[0]
    assert (snippet.first_line, snippet.last_line) == (1, 30)


@pytest.mark.parametrize(
    ("path", "content", "intent", "symbol"),
    [
        ("a.ts", "export const load = async () => 1;\nfunction save() {}\n", "load을 바꿔줘", "load"),
        ("A.java", "class A {\n  void load() {}\n  A() {}\n}\n", "rename load", "load"),
        ("a.xml", '<a>\n <b name="btn_search" text="조회"/>\n <b/>\n</a>\n', "btn_search", "btn_search"),
        ("a.js", "this.on_load = function() {};\n", "on_load", "on_load"),
    ],
)  # fmt: skip
def test_definitions_are_found_in_every_language(path: str, content: str, intent: str, symbol: str) -> None:
    assert plan(intent, content, path).targets[0].symbol == symbol


def test_lines_are_meant_where_no_definition_is() -> None:
    made = plan("'조회'를 '검색'으로", 'a: 1\nlabel: "조회"\nb: 2\n', "a.yaml")
    assert (made.targets[0].first_line, made.targets[0].symbol) == (2, "")
    assert plan("do something", "x\ny\n", "a.txt").snippets[0].first_line == 1


@pytest.mark.parametrize(
    ("answer", "symbol", "truncated"),
    [
        ('{"symbol": "task_3", "step": "make it fast"}', "task_3", False),
        ('Sure: {"symbol": "task_3", "st', "task_3", True),
        ('{"symbols": ["a.task_3()"]}', "task_3", False),
        ('{"symbol": "tasks_3"}', "task_3", False),
    ],
)  # fmt: skip
def test_an_engine_s_plan_is_read_and_closed(answer: str, symbol: str, *, truncated: bool) -> None:  # R4.1
    made = plan("faster", answer=answer)
    assert made.source == "engine"
    assert made.targets[0].symbol == symbol
    assert made.truncated is truncated


@pytest.mark.parametrize("answer", ["the the the", "{", "[[[[", '{"symbol": 7}', '{"symbol": "nothing_here"}', ""])
def test_an_answer_that_says_nothing_leaves_the_plan_to_rules(answer: str) -> None:
    made = plan("change task_5", answer=answer or None)
    assert made.source == "rules"
    assert made.targets[0].symbol == "task_5"


def test_a_path_that_leads_out_is_refused() -> None:
    with pytest.raises(Unprocessable) as caught:
        plan("x", path="../a.py")
    assert caught.value.errors[0].field == "files.0.path"
