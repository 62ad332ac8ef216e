"""The analyser's process: it answers as the analyser does, and comes back when it was killed."""

import sys
import textwrap
import time
from collections.abc import Iterator
from io import BytesIO

import orjson
import pytest
from app.core.morpheme_process import AnalyzerGone, ProcessAnalyzer, serve
from app.core.morphemes import Morpheme
from tests.conftest import FakeAnalyzer

from chassis.errors import Unavailable

FAKE_PROCESS = textwrap.dedent("""
    import json, sys
    print("[]", flush=True)
    for line in sys.stdin:
        texts = json.loads(line)["texts"]
        if "die" in texts:
            sys.exit(3)
        print(json.dumps([[[text, "NNG", 0, len(text)]] for text in texts]), flush=True)
""")


@pytest.fixture(name="analyzer")
def _analyzer() -> Iterator[ProcessAnalyzer]:
    """On a fake process, which takes every text for one noun."""
    analyzer = ProcessAnalyzer([sys.executable, "-c", FAKE_PROCESS])
    yield analyzer
    analyzer.close()


def test_the_real_process_answers_as_the_analyser_does(kiwi):  # R2.4
    texts = ["그리드에서 수정하고 저장", "", "줄\n바꿈 getRowCount", "팝업을 닫는다"]
    analyzer = ProcessAnalyzer()
    assert list(analyzer.analyze(texts)) == list(kiwi.analyze(texts))
    forms = [item.form for item in next(analyzer.analyze(["사번과 재고실사를 조회"], terms=True))]
    assert {"사번", "재고실사"} <= set(forms)
    analyzer.close()


def test_many_texts_come_in_order(analyzer):
    texts = [f"text {number}" for number in range(50)]
    assert list(analyzer.analyze(texts)) == [[Morpheme(text, "NNG", 0, len(text))] for text in texts]


def test_a_process_that_ended_is_started_again(analyzer):  # R5.7
    with pytest.raises(Unavailable) as refused:
        list(analyzer.analyze(["die"]))
    assert (refused.value.code, refused.value.retry_after_s) == ("loading", 2)
    deadline = time.monotonic() + 20
    while True:
        try:
            assert len(list(analyzer.analyze(["again"]))) == 1
            break
        except Unavailable:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_a_process_that_never_gets_ready_is_an_error():
    with pytest.raises(AnalyzerGone):
        ProcessAnalyzer([sys.executable, "-c", "raise SystemExit(1)"])


def test_what_the_process_does_line_by_line():
    out = BytesIO()
    serve([orjson.dumps({"texts": ["그리드 저장", ""], "terms": True}) + b"\n"], out.write, FakeAnalyzer)
    ready, answer = out.getvalue().splitlines()
    assert ready == b"[]"
    assert orjson.loads(answer) == [[["그리드", "NNG", 0, 3], ["저장", "NNG", 4, 2]], []]
