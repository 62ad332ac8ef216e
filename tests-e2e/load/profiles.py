"""How many users come when: what `make load PROFILE=…` names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """Until `until_s` from the start there are `users`; so many come or go a second."""

    until_s: float
    users: int
    a_second: float


@dataclass(frozen=True, slots=True)
class Profile:
    """`errors` and `search_p95_ms` are what makes a run fail."""

    about: str
    stages: tuple[Stage, ...]
    errors: float = 0.0
    search_p95_ms: float = 500.0

    @property
    def seconds(self) -> float:
        return self.stages[-1].until_s


PROFILES = {
    "smoke": Profile("one of each kind of user, half a minute: does it run at all?", (Stage(30, 8, 4),)),
    "steady": Profile("a working day's load, five minutes", (Stage(300, 40, 2),)),
    "spike": Profile(
        "ten times the users at once, and back: does it recover?",
        (Stage(60, 10, 5), Stage(120, 100, 50), Stage(240, 10, 50)),
        search_p95_ms=2_000.0,
    ),
    "soak": Profile("two hours: does anything grow?", (Stage(7_200, 20, 1),)),
}
