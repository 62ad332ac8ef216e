"""Events of a script, cut out of the text that a pack's template writes them in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    parameters: str
    body: str


def cut_events(text: str) -> list[Event]:
    """Events out of `@@name(parameters)` lines, each followed by its body."""
    events: list[Event] = []
    for part in text.split("@@")[1:]:
        head, _, body = part.partition("\n")
        name, _, parameters = head.strip().rstrip(")").partition("(")
        events.append(Event(name, parameters, body))
    return events
