"""A request for an answer, whatever the protocol that it came in."""

from dataclasses import dataclass, field

from ..engines.protocol import EngineCall


@dataclass(frozen=True, slots=True)
class Section:
    """A message that may be left out where the prompt is too long; those of the lowest priority go first."""

    message: int
    priority: float = 0.0


@dataclass(frozen=True, slots=True)
class Budget:
    """Where an answer ends before the engine ends it."""

    max_time_s: float | None = None
    stop_at_json: bool = False
    """At the end of the first JSON object or array."""
    stop_think: bool = False
    """Where the model starts to think again, once it has begun to answer."""

    @property
    def limits(self) -> bool:
        return self.max_time_s is not None or self.stop_at_json or self.stop_think


@dataclass(slots=True)
class Progress:
    """What can be said of a request while it waits for its engine."""

    position: int = 0
    expected_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, by whom, and under which conditions. `session` keeps to one of several equal engines."""

    call: EngineCall
    model: str = "default"
    allow_fallback: bool = True
    stream: bool = False
    user: str = ""
    session: str = ""
    budget: Budget = Budget()
    sections: tuple[Section, ...] = ()
    progress: Progress = field(default_factory=Progress, compare=False)
