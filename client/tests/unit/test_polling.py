"""What is asked again and again outlives a restart of the mesh."""

from collections.abc import Callable

import pytest

from framewright import KeyRefused, Refused, Unreachable
from framewright.polling import asked_through_restarts


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr("framewright.polling.time.sleep", pauses.append)
    return pauses


def answering(*answers: Exception | str) -> Callable[[], str]:
    coming = iter(answers)

    def ask() -> str:
        answer = next(coming)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return ask


def test_a_mesh_that_is_away_for_a_moment_is_asked_again(pauses: list[float]):
    assert asked_through_restarts(answering(Unreachable("gone"), Refused(503, {}), "there")) == "there"
    assert pauses == [0.2, 0.5]


def test_one_that_stays_away_is_given_up(pauses: list[float]):
    with pytest.raises(Unreachable):
        asked_through_restarts(answering(*[Unreachable("gone")] * 9))
    assert sum(pauses) > 30


@pytest.mark.parametrize("error", [Refused(404, {}), KeyRefused(401, {})])
def test_a_refusal_holds(pauses: list[float], error: Refused):
    with pytest.raises(Refused):
        asked_through_restarts(answering(error))
    assert pauses == []
