"""The labelled prompts, rules alone: what the tuning half has to reach, and what no half may fall under."""

import asyncio

from app.vocabulary.lexicon import Lexicon
from evaluation.conversions import score_conversions
from evaluation.prompts import load_cases
from evaluation.score import BARS, run


def test_the_tuning_half_reaches_every_bar() -> None:  # R1.1 R1.2
    figures = asyncio.run(run([case for case in load_cases() if not case.held_out])).figures()
    assert {name: figure for name, figure in figures.items() if figure < BARS[name]} == {}


def test_there_are_enough_prompts_and_the_held_out_ones_are_others() -> None:
    cases = load_cases()
    held_out = {case.prompt for case in cases if case.held_out}
    tuning = {case.prompt for case in cases if not case.held_out}
    assert len(tuning) >= 2_400
    assert len(held_out) >= 175
    assert held_out & tuning == set()


def test_the_held_out_half_has_every_class() -> None:
    cases = [case for case in load_cases() if case.held_out]
    assert sum(bool(case.fields) for case in cases) >= 80
    assert sum(bool(case.concepts) for case in cases) >= 40
    assert sum(case.clarify for case in cases) >= 10
    for kind in ("question", "modify", "unsupported"):
        assert sum(case.kind == kind for case in cases) >= 10


def test_names_of_columns_convert_both_ways(lexicon: Lexicon) -> None:  # R1.2
    tallies, missed = score_conversions(lexicon)
    assert {name: tally.share for name, tally in tallies.items() if tally.share < 0.9} == {}, missed
