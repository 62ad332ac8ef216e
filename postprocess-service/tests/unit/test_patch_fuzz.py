"""Any input: an answer or a reason, never a crash, never a change that no edit asked for."""

from typing import Any

import pytest
from app.core.frameworks import Frameworks
from app.features.patches.schemas import PatchRequest
from app.features.patches.service import PatchService
from app.features.plans.schemas import PlanRequest
from app.features.plans.service import PlanService
from app.sources.lines import Text
from hypothesis import given, settings, strategies as st

from chassis.errors import ServiceError

LINES = st.lists(
    st.sampled_from(
        ["a = 1", "    b = 2", "\tc", "}", "", "  ", "def f(x):", "조회", '<a name="x"/>', "a = 1  ", "\x0c"]
    ),
    max_size=12,
)  # fmt: skip
TEXTS = st.one_of(
    st.builds(lambda lines, end, close: end.join(lines) + close, LINES, st.sampled_from(["\n", "\r\n", "\r"]),
              st.sampled_from(["", "\n", "\r\n"])),
    st.text(max_size=80),
)  # fmt: skip
PATHS = st.sampled_from(["a.py", "b.js", "c.xml", "d.yaml", "e.json", "f.sql", "g.txt", "../h", "con"])
EDITS = st.one_of(
    st.fixed_dictionaries({"path": PATHS, "search": TEXTS, "replace": TEXTS}),
    st.fixed_dictionaries({"path": PATHS, "content": TEXTS}),
    st.fixed_dictionaries({"path": PATHS, "component": st.just("x"), "set": st.just({"y": "z"})}),
)
MARKS = [
    "{",
    "}",
    "[",
    "]",
    '"',
    "edits",
    "path",
    "search",
    ":",
    ",",
    "<<<<<<< SEARCH\n",
    "=======\n",
    "```",
    "\n",
    "@@ ",
]
ANSWERS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from([*MARKS, "a.py", "+x", "-a = 1"])).map("".join))


@pytest.fixture(scope="module")
def service(frameworks: Frameworks) -> PatchService:
    return PatchService(frameworks)


def check(service: PatchService, body: dict[str, Any]) -> None:
    files = {file["path"]: file["content"] for file in body["files"]}
    try:
        response = service.apply(PatchRequest.model_validate(body))
    except ServiceError as error:
        reasons = {409, 422} if error.extra["failures"][0]["message"] else set()
        if error.status not in reasons:
            raise
        return
    named = {edit.path for edit in response.edits}
    assert {file.path for file in response.files} <= named
    for file in response.files:
        assert file.content != files.get(file.path)
        assert file.diff
        file.model_dump_json()


@settings(max_examples=400, deadline=None)
@given(content=TEXTS, edits=st.lists(EDITS, min_size=1, max_size=3), path=PATHS)
def test_edits(service: PatchService, content: str, edits: list[dict[str, Any]], path: str) -> None:
    check(service, {"files": [{"path": path, "content": content}], "edits": edits})


@settings(max_examples=400, deadline=None)
@given(content=TEXTS, answer=ANSWERS, finish=st.sampled_from([None, "stop", "length"]))
def test_answers(service: PatchService, content: str, answer: str, finish: str | None) -> None:
    body = {"files": [{"path": "a.py", "content": content}], "shown": [{"path": "a.py"}]}
    check(service, {**body, "answer": answer, "finish_reason": finish})


@settings(max_examples=300, deadline=None)
@given(lines=LINES, start=st.integers(0, 11), length=st.integers(1, 3), new=LINES)
def test_an_edit_that_stands_once_is_applied_there_and_nowhere_else(
    service: PatchService, lines: list[str], start: int, length: int, new: list[str]
) -> None:
    text = Text.read("".join(f"{line}\n" for line in lines))
    old = lines[start : start + length]
    places = [at for at in range(len(lines)) if lines[at : at + len(old)] == old]
    if not any(line.strip() for line in old) or old == new or len(places) != 1:
        return
    body = {
        "files": [{"path": "g.txt", "content": text.content()}],
        "edits": [{"path": "g.txt", "search": "".join(f"{line}\n" for line in old),
                   "replace": "".join(f"{line}\n" for line in new)}],
    }  # fmt: skip
    response = service.apply(PatchRequest.model_validate(body))
    if response.edits[0].matched == "already_applied":
        assert "\n".join(new) in text.joined
        return
    expected = "".join(f"{line}\n" for line in [*lines[:start], *new, *lines[start + length :]])
    assert response.files[0].content == expected


@settings(max_examples=200, deadline=None)
@given(intent=st.text(min_size=1, max_size=60), content=TEXTS, answer=st.one_of(st.none(), ANSWERS), path=PATHS)
def test_plans(intent: str, content: str, answer: str | None, path: str) -> None:
    body = {"intent": intent, "files": [{"path": path, "content": content}], "answer": answer}
    try:
        made = PlanService().plan(PlanRequest.model_validate(body))
    except ServiceError as error:
        if error.code != "unsafe_path":
            raise
        return
    assert sum(len(snippet.text) for snippet in made.snippets) <= 1_200
    for snippet in made.snippets:
        assert snippet.text == "\n".join(Text.read(content).lines[snippet.first_line - 1 : snippet.last_line])
