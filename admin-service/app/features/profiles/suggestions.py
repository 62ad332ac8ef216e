"""What a model's figures say about its values: a suggestion, with the figure that is its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_REPAIRS, MOST_EXAMPLES, MOST_HITS = 3, 3, 20
_ENOUGH = 20
"""Fewer cases say nothing."""
_SURELY_ENOUGH = 50
_OFTEN_UNUSABLE, _HARDLY_UNUSABLE = 0.10, 0.03
_OFTEN_REPAIRED, _SELDOM_ACCEPTED = 0.5, 0.5
FORMS = {"search_replace": ("찾아 바꾸기", "search and replace"), "whole": ("전체 쓰기", "whole snippets")}
_TOO_SLOW_MS = 60_000
"""R5.9: a generation in under 60 s."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    name: str
    value: Any
    ko: str
    en: str
    evaluation_id: str | None = None
    """The evaluation that says so; None: daily use."""


def suggestions_of(values: Mapping[str, Any], figures: Mapping[str, Any] | None) -> list[Suggestion]:
    """`values` are those in force; nothing where there are no figures, or too few cases."""
    if figures is None:
        return []
    found = [*_of_parse_failures(values, figures["parse_failures"])]
    slow = (figures["p95_ms"] or 0) > _TOO_SLOW_MS and figures["parse_failures"]["of"] >= _ENOUGH
    examples = values.get("examples")
    if slow:
        return found if examples == 0 else [*found, _slower(examples, figures["p95_ms"])]
    return [*found, *_of_quality(values, figures)]


def edit_format_suggestions(values: Mapping[str, Any], unusable: Mapping[str, Mapping[str, Any]]) -> list[Suggestion]:
    """`unusable`: by form, how many of the model's edits of daily use could not be applied.

    The other form where it surely fails less often, or where nobody knows yet and today's fails often.
    """
    current = values.get("edit_format")
    enough = {form: rate for form, rate in unusable.items() if rate["of"] >= _ENOUGH}
    for form, other in (("search_replace", "whole"), ("whole", "search_replace")):
        if form not in enough or current not in {None, form}:
            continue
        mine, others = enough[form], enough.get(other)
        said_ko = f"{FORMS[form][0]} 형식의 답 {_percent(mine)}를 적용할 수 없었다 ({mine['count']}/{mine['of']})"
        said_en = (
            f"{_percent(mine)} of the answers in {FORMS[form][1]} could not be applied ({mine['count']}/{mine['of']})"
        )
        if others is not None and others["high"] < mine["low"]:
            ko = f"{said_ko}, {FORMS[other][0]} 형식은 {_percent(others)} ({others['count']}/{others['of']})."
            en = f"{said_en}; in {FORMS[other][1]} {_percent(others)} ({others['count']}/{others['of']})."
            return [Suggestion("edit_format", other, ko, en)]
        if others is None and mine["low"] > _OFTEN_UNUSABLE:
            return [
                Suggestion("edit_format", other, f"{said_ko}: 다른 형식으로.", f"{said_en}: try {FORMS[other][1]}.")
            ]  # fmt: skip
    return []


def _of_parse_failures(values: Mapping[str, Any], rate: Mapping[str, Any]) -> list[Suggestion]:
    said_ko = f"쓸 수 없는 답이 {_percent(rate)} ({rate['count']}/{rate['of']}, 95 % 구간 {_interval(rate)})"
    said_en = f"{_percent(rate)} of the answers were unusable ({rate['count']}/{rate['of']}, 95 % {_interval(rate)})"
    repairs = values.get("repair_budget") or 0
    if rate["of"] >= _ENOUGH and rate["low"] > _OFTEN_UNUSABLE:
        found = []
        if values.get("mode") == "spec":
            found.append(
                Suggestion(
                    "mode", "auto", f"{said_ko}: 명세가 안 되면 파일로.", f"{said_en}: files where a spec fails."
                )
            )
        if repairs < MOST_REPAIRS:
            found.append(
                Suggestion("repair_budget", repairs + 1, f"{said_ko}: 한 번 더 묻는다.", f"{said_en}: ask once more.")
            )
        return found
    if rate["of"] >= _SURELY_ENOUGH and rate["high"] < _HARDLY_UNUSABLE and repairs > 1:
        return [Suggestion("repair_budget", 1, f"{said_ko}: 한 번이면 된다.", f"{said_en}: once is enough.")]
    return []


def _of_quality(values: Mapping[str, Any], figures: Mapping[str, Any]) -> list[Suggestion]:
    more = _more(values)
    if more is None:
        return []
    name, value, more_ko, more_en = more
    repaired, accepted = figures["repaired"], figures["accepted"]
    if repaired["of"] >= _ENOUGH and repaired["low"] > _OFTEN_REPAIRED:
        ko = f"화면의 {_percent(repaired)}를 고쳐야 했다 ({repaired['count']}/{repaired['of']}): {more_ko}"
        en = f"{_percent(repaired)} of the screens were mended ({repaired['count']}/{repaired['of']}): {more_en}"
        return [Suggestion(name, value, ko, en)]
    if accepted["of"] >= _ENOUGH and accepted["high"] < _SELDOM_ACCEPTED:
        ko = f"받아들인 화면이 {_percent(accepted)}뿐이다 ({accepted['count']}/{accepted['of']}): {more_ko}"
        en = f"Only {_percent(accepted)} were accepted ({accepted['count']}/{accepted['of']}): {more_en}"
        return [Suggestion(name, value, ko, en)]
    return []


def _more(values: Mapping[str, Any]) -> tuple[str, int, str, str] | None:
    """What gives the model more to go by; None where it has the most already.

    Where no number of examples is set, all that were found are in the prompt: then more has to be found.
    """
    examples, hits = values.get("examples"), values.get("hits")
    if examples is not None:
        known = examples < MOST_EXAMPLES
        return ("examples", examples + 1, "예제를 하나 더.", "one more example.") if known else None
    if hits is None or hits >= MOST_HITS:
        return None
    return (
        "hits",
        hits + 1,
        "찾은 예제는 모두 들어 있다. 지식을 하나 더.",
        "all examples found are in it: one more hit.",
    )


def _slower(examples: int | None, p95_ms: float) -> Suggestion:
    seconds = round(p95_ms / 1000)
    ko, en = f"답의 95 %가 {seconds}초 안에 온다 (60초 넘음)", f"p95 of an answer is {seconds} s, over 60 s"
    if examples is None:
        fewer = MOST_EXAMPLES - 1
        return Suggestion("examples", fewer, f"{ko}: 예제를 {fewer}개까지만.", f"{en}: {fewer} examples at most.")
    return Suggestion("examples", examples - 1, f"{ko}: 예제를 하나 덜.", f"{en}: one example less.")


def _percent(rate: Mapping[str, Any]) -> str:
    return f"{rate['rate'] * 100:.0f} %"


def _interval(rate: Mapping[str, Any]) -> str:
    return f"{rate['low'] * 100:.0f}–{rate['high'] * 100:.0f}"
