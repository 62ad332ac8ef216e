"""The evaluation set is whole, and its measures are what their names say."""

from pathlib import Path

import pytest
from app.core.packs import read_packs
from evaluation.code_score import code_queries
from evaluation.metrics import mean, score
from evaluation.queries import read_queries
from evaluation.score import shortfalls


def test_the_set_is_large_varied_and_refers_to_entries_that_exist():
    queries = read_queries()
    entries = read_packs([Path(__file__).parents[3] / "frameworks"])["xframe5"].entries
    assert len(queries) >= 250
    assert {query.language for query in queries} == {"ko", "en", "mixed", "identifier", "vague", "misspelt"}
    assert len({query.text for query in queries}) == len(queries)
    assert {entry for query in queries for entry in query.grades} <= set(entries)
    assert sum(query.held_out for query in queries) >= 150


def test_the_code_sets_are_large_and_in_two_languages():
    queries = code_queries()
    assert len({query.text for query in queries}) == len(queries) >= 120
    assert sum(query.language == "ko" for query in queries) >= 50
    assert {query.repository for query in queries} == {"ours", "libraries"}
    assert all(query.relevant for query in queries)
    assert 0.4 < sum(query.held_out for query in queries) / len(queries) < 0.6


def test_a_perfect_ranking_scores_one():
    scores = score(["a", "b"], {"a": 3, "b": 2}, {"a", "b"})
    assert (scores.recall, scores.mrr, scores.ndcg) == (1.0, 1.0, 1.0)


def test_misses_and_late_hits_cost():
    late = score(["x", "a"], {"a": 3, "b": 2}, {"a", "b"})
    assert late.recall == 0.5
    assert late.mrr == 0.5
    assert 0 < late.ndcg < 1
    nothing = score(["x"], {"a": 3}, {"a"})
    assert (nothing.recall, nothing.mrr, nothing.ndcg) == (0.0, 0.0, 0.0)
    assert mean([nothing, score(["a"], {"a": 3}, {"a"})]).ndcg == pytest.approx(0.5)


def test_what_stays_under_its_bar_is_named():
    good, poor = score(["a"], {"a": 3}, {"a"}), score(["x", "a"], {"a": 3, "b": 2}, {"a", "b"})
    table = {(side, name): [poor] for side in ("dense", "sparse") for name in ("all", "ko")}
    assert shortfalls({**table, ("hybrid", "all"): [good], ("hybrid", "ko"): [good]}) == []
    named = shortfalls({**table, ("hybrid", "all"): [poor], ("hybrid", "ko"): [poor]})
    assert [line.split(":")[0] for line in named] == ["all", "ko", "dense alone is as good", "sparse alone is as good"]
