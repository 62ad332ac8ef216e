"""Search terms of code and prose."""

from app.core.bm25 import document_vector, query_vector, term_index
from app.core.terms import TermExtractor
from hypothesis import given, strategies as st
from tests.conftest import FakeAnalyzer

EXTRACTOR = TermExtractor(FakeAnalyzer())


def test_an_identifier_is_kept_whole_and_in_parts():
    assert EXTRACTOR.terms(["btn_search_onMouseUp k8s"]) == [
        ["btn_search_onmouseup", "btn", "search", "mous", "up", "k8s"]
    ]


def test_english_words_are_stemmed_and_filler_is_left_out():
    assert EXTRACTOR.terms(["how do I use the saved rows"]) == [["save", "row"]]


def test_korean_is_split_beside_code():
    assert EXTRACTOR.terms(["그리드 getRowCount 저장 하"]) == [["getrowcount", "get", "row", "count", "그리드", "저장"]]


@given(st.text(max_size=200))
def test_any_text_gives_valid_vectors(text):
    terms = EXTRACTOR.terms([text])[0]
    for vector in (document_vector(terms, average_length=50), query_vector(terms)):
        assert vector.indices == sorted(set(vector.indices))
        assert all(0 <= index < 2**32 for index in vector.indices)
        assert all(value > 0 for value in vector.values)


def test_a_longer_document_weighs_its_terms_less():
    short = document_vector(["grid"], average_length=10)
    long = document_vector(["grid"] + [f"w{n}" for n in range(30)], average_length=10)
    place = long.indices.index(term_index("grid"))
    assert short.values[0] > long.values[place]
