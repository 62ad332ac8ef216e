"""Whatever comes in, an answer goes out that holds the contract."""

import asyncio
import base64

from app.features.intents.schemas import Attachment, IntentRequest
from app.features.intents.service import IntentService
from app.parsing.sources import read_sources
from app.vocabulary.lexicon import Lexicon
from hypothesis import given, settings, strategies as st

_PIECES = st.sampled_from(
    [
        "CREATE TABLE t (", "id int", "varchar(", ")", ";", "PRIMARY KEY (id)", "'", '"', "`", "[", "]", "{", "}", ":",
        ",", "(", "컬럼은 ", "사번", "이름(", "필수", "화면 만들어줘", "fields: ",
        "with ", "\n- ", "|a|b|\n", "```json\n",
        "```", "SELECT a, b FROM t", "erDiagram\n", "class A {", "private int x;", "interface B {", "a: string",
        "--", "/*",
        "😀", "\x00", "\u202e", "ك", "社", "COMMENT ON COLUMN t.id IS 'x'", "$$", "%", "\\", "record R(", "조회조건은 ",
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
