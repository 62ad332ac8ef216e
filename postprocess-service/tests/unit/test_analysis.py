"""An engine's answer: a spec, files, or why it is neither."""

import json
import time
from typing import Any

import pytest
from app.features.analysis.extraction import fenced_files, find_objects, without_reasoning
from app.features.analysis.schemas import AnalysisRequest, AnalysisResponse
from app.features.analysis.service import AnalysisService

from chassis.errors import Unprocessable
from tests.conftest import FRAMEWORK, fixture

SPEC = json.dumps(fixture("task_multi_save"), ensure_ascii=False)


def analyse(service: AnalysisService, answer: str, **members: Any) -> AnalysisResponse:
    return service.analyse(AnalysisRequest.model_validate({"answer": answer, "framework": FRAMEWORK} | members))


@pytest.mark.parametrize(
    "answer",
    [
        SPEC,
        f"```json\n{SPEC}\n```",
        f"네, 화면 명세입니다 {{아래}}:\n\n```\n{SPEC}\n```\n추가로 필요한 것이 있으면 말씀해 주세요.",
        f"<think>The user wants {{a: list}} …</think>\n{SPEC}",
        f"thinking without a start</think>{SPEC}",
        f"<|channel|>analysis<|message|>hm {{<|end|><|start|>assistant<|channel|>final<|message|>{SPEC}<|return|>",
        '{"spec": ' + SPEC + "}",
        SPEC.replace("}]", "},]"),
        SPEC.replace('{"id"', '{ // a part\n "id"'),
        '{"screen_id": "Draft", "pattern": "list"}\nBetter:\n' + SPEC,
    ],
)
def test_a_spec_is_found_wherever_it_stands(analysis: AnalysisService, answer: str) -> None:  # R1.8
    response = analyse(analysis, answer)
    assert (response.status, response.problems) == ("ok", [])
    assert response.spec is not None
    assert response.spec.screen_id == "TaskList"


def test_what_stands_around_is_kept(analysis: AnalysisService) -> None:
    assert analyse(analysis, f"앞\n{SPEC}\n뒤").text == "앞\n\n뒤"


@pytest.mark.parametrize(
    ("answer", "status", "members"),
    [
        ("", "empty", {}),
        (" \n\t", "empty", {}),
        ("<think>only this</think>", "empty", {}),
        ("<think>cut off here", "truncated", {}),
        ("<think>x</think>", "truncated", {"finish_reason": "length"}),
        ("Hello from a tiny llama, 안녕하세요", "not_a_spec", {}),
        ("Hello from a tiny llama, 안녕하세요 " * 500, "not_a_spec", {}),
        ('{{{{ }}}} [1, 2] {"a": 1}', "not_a_spec", {}),
        ("I'm sorry, but I can't help with that.", "refused", {}),
        ("죄송하지만 요청하신 화면은 만들 수 없습니다.", "refused", {}),
        ("Here is the beginning", "truncated", {"finish_reason": "length"}),
        (SPEC[:-1], "truncated", {}),
        (SPEC[: len(SPEC) // 2], "truncated", {}),
        ('{"screen_id": "Tas', "truncated", {}),
        ("```json\n" + SPEC[:-40], "truncated", {}),
        ('{"screen_id": "A", "pattern": "list"}', "invalid_spec", {}),
        ('{"screen_id": "A", "pattern": "grid", "title": "x", "datasets": [], "regions": []}', "invalid_spec", {}),
    ],
)  # fmt: skip
def test_what_is_no_spec_is_said_and_why(
    analysis: AnalysisService, answer: str, status: str, members: dict[str, str]
) -> None:  # R1.10
    response = analyse(analysis, answer, **members)
    assert response.status == status
    assert response.spec is None
    assert response.reason


def test_every_cut_of_a_spec_is_told_from_a_whole_one(analysis: AnalysisService) -> None:
    wrong = [cut for cut in range(200, len(SPEC) - 1, 37) if analyse(analysis, SPEC[:cut]).status != "truncated"]
    assert wrong == []


def test_reasons_are_in_the_language_of_the_request(analysis: AnalysisService) -> None:
    assert analyse(analysis, "", language="en").reason == "The answer is empty."
    assert analyse(analysis, "", language="ko").reason == "답변이 비어 있습니다."


def test_a_spec_with_problems_names_them(analysis: AnalysisService) -> None:
    spec = fixture("task_multi_save")
    spec["datasets"][0]["columns"] = []
    response = analyse(analysis, json.dumps(spec))
    assert response.status == "invalid_spec"
    assert response.problems[0].path == "datasets.0.columns"


def test_mends_that_reading_took_are_named(analysis: AnalysisService) -> None:
    spec = fixture("task_multi_save")
    spec["comment"] = "x"
    assert [item.rule for item in analyse(analysis, json.dumps(spec)).fixes] == ["unknown_member"]


def test_files_in_fences_are_found_with_their_names(analysis: AnalysisService) -> None:
    answer = (
        "**TaskList.xml**\n```xml\n<map/>\n```\nand\n```javascript TaskList.js\nvar a;\n```\n~~~sql\nSELECT 1\n~~~\n"
    )
    response = analyse(analysis, answer, mode="direct")
    assert response.status == "ok"
    assert [(file.path, file.language) for file in response.files] == [
        ("TaskList.xml", "xml"),
        ("TaskList.js", "javascript"),
        ("part3.sql", "sql"),
    ]
    assert response.files[0].content == "<map/>\n"


@pytest.mark.parametrize("mode", ["auto", "spec"])
def test_a_spec_wins_over_files(analysis: AnalysisService, mode: str) -> None:
    assert analyse(analysis, f"```json\n{SPEC}\n```", mode=mode).spec is not None


def test_files_are_taken_where_there_is_no_spec(analysis: AnalysisService) -> None:
    assert analyse(analysis, "```js\nvar a;\n```", mode="auto").files[0].language == "javascript"
    assert analyse(analysis, "no files", mode="direct").status == "not_a_spec"


def test_a_file_that_was_cut_off_is_told(analysis: AnalysisService) -> None:
    assert analyse(analysis, "```js\nvar a;", mode="direct").status == "truncated"
    assert analyse(analysis, "```js\nvar a;\n```", mode="direct", finish_reason="length").status == "truncated"


def test_names_of_files_stay_inside() -> None:
    names = [file.path for file in fenced_files("a ../../etc/x.js\n```js\n1\n```\n/etc/x.js\n```js\n1\n```\n")]
    assert names == ["part1.js", "part2.js"]


def test_an_unknown_framework_is_refused(analysis: AnalysisService) -> None:
    with pytest.raises(Unprocessable):
        analyse(analysis, SPEC, framework="nothing")


def test_several_thoughts_are_all_left_out() -> None:
    assert without_reasoning("<think>a</think>b<think>c</think>d") == ("bd", False)


@pytest.mark.parametrize(
    "answer",
    [
        "{" * 900_000,
        '{"a":' * 180_000,
        "[" * 900_000,
        '{"a":[' * 60 + "1," * 400_000 + "!",
        '{"screen_id": "' + "\\" * 900_000,
        "<think>" * 100_000,
        "```\n" * 200_000,
        "/*" * 400_000 + "{",
        '{"a" /*' * 100_000,
        "{'a': \"" * 120_000,
        "\u0000" * 900_000,
        "{ # " * 200_000,
    ],
)
@pytest.mark.parametrize("mode", ["auto"])
def test_no_answer_takes_long(analysis: AnalysisService, answer: str, mode: str) -> None:
    started = time.thread_time()
    analyse(analysis, answer, mode=mode)
    assert time.thread_time() - started < 2


def test_only_outermost_objects_are_found() -> None:
    assert [item.start for item in find_objects('x {"a": {"b": 1}} y {"c": 2}')] == [2, 20]
