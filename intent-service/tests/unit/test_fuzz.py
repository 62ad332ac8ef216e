"""Whatever comes in, an answer goes out that holds the contract."""

import asyncio
import base64
import time

import httpx
import pytest
from app.features.intents.schemas import Attachment, IntentRequest
from app.features.intents.service import IntentService
from app.vocabulary.lexicon import Lexicon
from fastapi import FastAPI
from hypothesis import given, settings, strategies as st

from chassis.testing import service_headers

from ..reading import read_sources

_PIECES = st.sampled_from(
    [
        "CREATE TABLE t (", "id int", "varchar(", ")", ";", "PRIMARY KEY (id)", "'", '"', "`", "[", "]", "{", "}", ":",
        ",", "(", "컬럼은 ", "사번", "이름(", "필수", "화면 만들어줘", "fields: ",
        "with ", "\n- ", "|a|b|\n", "```json\n",
        "```", "SELECT a, b FROM t", "erDiagram\n", "class A {", "private int x;", "interface B {", "a: string",
        "--", "/*",
        "😀", "\x00", "\u202e", "ك", "社", "COMMENT ON COLUMN t.id IS 'x'", "$$", "%", "\\", "record R(", "조회조건은 ",
        "위: ", " / ", "\n탭1 ", "\n[조건] ", "\nㅇ ", "선택하면 ", "왼쪽에 ", "치수1~치수5",
        "  ", "; ", "버튼: ", "*", "=문자",
    ]
)  # fmt: skip
_TEXTS = st.one_of(
    st.text(max_size=300), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES, max_size=40).map("".join)
)


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_readers_take_any_text(text: str) -> None:
    for name in ("a.sql", "a.csv", "a.json", "a.yaml", "a.txt", "a.xlsx"):
        read_sources(text, [Attachment(name=name, content=text)])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_spreadsheets_of_any_bytes(content: bytes) -> None:
    read_sources("화면", [Attachment(name="a.xlsx", content=base64.b64encode(content).decode())])


def test_the_service_answers_any_prompt(lexicon: Lexicon) -> None:
    service = IntentService(lexicon=lambda: lexicon, known_frameworks=frozenset, default_framework="x")

    @settings(max_examples=150, deadline=None)
    @given(_TEXTS.filter(str.strip))
    def check(prompt: str) -> None:
        answer = asyncio.run(service.understand(IntentRequest(prompt=prompt)))
        assert (answer.data_model is not None) == (answer.kind == "generate")
        assert (answer.screen is not None) == (answer.kind == "generate")
        answer.model_dump_json()

    check()


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "가, ",
        "SELECT ",
        "class A {",
        "record A(",
        "컬럼: a, ",
        "\n",
        "create table a\n",
        "erDiagram\n\n",
        "{",
        "(",
        "사번 ",
        "가와 ",
        "가은 ",
        "- 사번\n",
        "가: ",
        "가(나, 다) ",
        "상태는 가/",
        "상태는 가, ",
        "a or b, ",
        "a is required; ",
        "a\tb\n",
        "가|나\n",
        "class A:\n  a: int\n",
        '<id column="a"',
        "search by a and ",
        "\n위: 가 / ",
        "\n[조건] 가",
        "\n탭1 가: ",
        "가나  다라  ",
        "가*, ",
        "가 C(1), ",
        "[{a: 1}, ",
        "왼쪽에 가 목록(나, 다) ",
        "가나다 버튼 ",
        "가1~가9, ",
    ],
)
def test_hostile_repetition_takes_no_longer_than_seconds(lexicon: Lexicon, unit: str) -> None:
    service = IntentService(lexicon=lambda: lexicon, known_frameworks=frozenset, default_framework="x")
    started = time.process_time()
    asyncio.run(service.understand(IntentRequest(prompt=("화면 " + unit * 100_000)[:100_000])))
    assert time.process_time() - started < 8


def test_the_endpoints_take_any_json(app: FastAPI) -> None:
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    )
    names = ("prompt", "framework", "language", "history", "attachments", "base", "model", "data_model")
    bodies = st.fixed_dictionaries({}, optional=dict.fromkeys(names, values) | {"prompt": st.text(max_size=50)})
    headers = service_headers("intent-service")

    async def post(path: str, body: dict[str, object]) -> int:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://intent", headers=headers) as client:
            return (await client.post(path, json=body)).status_code

    with asyncio.Runner() as runner:  # one loop, for the service's connections belong to the first that used them

        @settings(max_examples=80, deadline=None)
        @given(st.sampled_from(["/v1/intents", "/v1/questions"]), bodies)
        def check(path: str, body: dict[str, object]) -> None:
            assert runner.run(post(path, body)) in {200, 422}

        check()
