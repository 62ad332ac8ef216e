"""A restart is waited for, a longer absence is not."""

from chassis.absence import Absence


class FakeClock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_short_absence_is_worth_waiting_and_a_long_one_is_not():  # R3.8
    clock = FakeClock()
    absence = Absence("intent-service", patience_s=10, clock=clock)
    assert absence.worth_waiting()
    clock.now += 6
    assert absence.worth_waiting()
    clock.now += 6
    assert not absence.worth_waiting()
    absence.over()
    assert absence.worth_waiting()


def test_a_failure_of_long_ago_is_forgotten():
    clock = FakeClock()
    absence = Absence("intent-service", patience_s=10, clock=clock)
    absence.worth_waiting()
    clock.now += 60
    assert absence.worth_waiting()


def test_without_patience_nothing_is_worth_waiting():
    assert not Absence("rag-service", patience_s=0).worth_waiting()
