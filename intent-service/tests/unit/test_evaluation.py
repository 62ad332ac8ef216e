"""The labelled prompts, rules alone: what the tuning half has to reach, and what no half may fall under."""

import asyncio

from evaluation.prompts import load_cases
from evaluation.score import BARS, run


def test_the_tuning_half_reaches_every_bar() -> None:  # R1.1 R1.2
    figures = asyncio.run(run([case for case in load_cases() if not case.held_out])).figures()
    assert {name: figure for name, figure in figures.items() if figure < BARS[name]} == {}


def test_there_are_enough_prompts_and_half_of_them_are_held_out() -> None:
    cases = load_cases()
    assert len({case.prompt for case in cases}) >= 400
    assert sum(case.held_out for case in cases) >= 200
