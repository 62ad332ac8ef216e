"""What a query becomes: related words, English for the dense side, mended spelling."""

import pytest
from app.core.glossary import Glossary, parse, reads_english_alone, shipped_glossary
from app.core.qdrant import SparseVector
from app.core.query_vectors import combined
from app.features.search.expansion import QueryExpander
from app.features.search.spelling import Speller

GLOSSARY = Glossary(parse(["# note", "행, 줄 | row, line", "삭제, 지우 | delete, remove", "체크 | check", "no bar"]))
SPELLER = Speller(["체크된 행을 삭제", "requestsubmit deletecheckedrow grid"], ["팝업", "데이터셋", "excel", "field"])


def test_a_korean_query_is_carried_over_to_english():
    assert GLOSSARY.in_english("체크한 줄을 지우기 btn_delete") == "check row delete btn_delete"
    assert GLOSSARY.in_english("delete lines") == "delete lines"
    assert GLOSSARY.in_english("오늘 점심") == ""


def test_only_models_of_english_need_that():  # R5.1
    assert reads_english_alone("sentence-transformers/all-MiniLM-L6-v2@53aa51172d14+bm25-terms-1")
    assert not reads_english_alone("BAAI/bge-m3@abc+bm25-terms-1")


def test_words_of_one_syllable_only_begin_a_word():
    assert GLOSSARY.in_english("실행") == ""
    assert GLOSSARY.in_english("행이 두 개") == "row"


def test_related_words_are_those_that_the_query_lacks():
    assert GLOSSARY.related("줄 삭제") == ["row", "line", "행", "delete", "remove", "지우"]
    assert GLOSSARY.related("remove lines") == ["delete", "삭제", "지우", "row", "행", "줄"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("팝엎", "팝업"),
        ("데이타셋을", "데이터셋"),
        ("requestsumbit", "requestsubmit"),
        ("exel", "excel"),
        ("feild", "field"),
        ("DeletCheckedRow", "deletecheckedrow"),
    ],
)
def test_a_misspelt_word_is_mended(word, meant):
    assert SPELLER.corrections(word) == [meant]


@pytest.mark.parametrize("text", ["grid", "체크된 행", "체크하는", "zebra", "가", "weather tomorrow"])
def test_what_is_known_or_near_nothing_is_left(text):
    assert SPELLER.corrections(text) == []


def test_the_query_keeps_its_own_weight():
    both = combined(
        SparseVector([2, 5], [1.0, 2.0]), [SparseVector([1, 2], [1.0, 1.0]), SparseVector([1], [1.0])], weight=0.5
    )
    assert (both.indices, both.values) == ([1, 2, 5], [1.0, 1.0, 2.0])


def test_a_query_is_expanded():
    query = QueryExpander(glossary=shipped_glossary(), texts=["팝업 그리드"]).expand("팝엎 닫기")
    assert query.text == "팝엎 닫기 팝업"
    assert query.english == "close popup"
    assert "dialog" in query.related
