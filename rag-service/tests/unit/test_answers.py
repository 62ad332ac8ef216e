"""Answers that are kept for a while."""

from app.core.hits import SearchResult, Warned
from app.features.search.answers import Answers


def test_an_answer_holds_for_its_key_and_its_time():
    now = [0.0]
    answers = Answers(clock=lambda: now[0])
    result = SearchResult([], 0.3, 7)
    answers.keep(("grid", 1), result)
    assert answers.get(("grid", 1)) is result
    assert answers.get(("grid", 2)) is None
    now[0] = 601.0
    assert answers.get(("grid", 1)) is None


def test_a_makeshift_is_not_kept():
    answers = Answers()
    answers.keep("grid", SearchResult([], None, 0, [Warned("keyword_search_only", "…")]))
    assert answers.get("grid") is None


def test_the_least_used_goes_first():
    answers = Answers()
    for number in range(5_001):
        answers.keep(number, SearchResult([], None, 0))
        answers.get(0)
    assert answers.get(1) is None
    assert answers.get(0) is not None
    assert answers.get(5_000) is not None
