"""What a screen needs to be known of, by its pattern and its fields' types: a pack's `in_play.yaml`."""

from collections.abc import Collection, Iterable, Iterator

from pydantic import BaseModel, ConfigDict, Field

_FIRST, _NEXT, _LEAST = 1.0, 0.85, 0.6
"""How much an entry is in play: the pattern and its example, what its code needs, and what comes after that."""
_NEXT_UP_TO = 4


class ScreenInPlay(BaseModel):
    """The screen that a search is for: its pattern, and the types of its fields."""

    model_config = ConfigDict(frozen=True)

    pattern: str | None = None
    types: tuple[str, ...] = ()


class TypeInPlay(BaseModel):
    """Entries for a type of field, where it stands in a grid and where it stands in a form."""

    model_config = ConfigDict(extra="forbid")

    grid: list[str] = Field(default_factory=list)
    form: list[str] = Field(default_factory=list)


class InPlay(BaseModel):
    """Ids of knowledge entries, the most needed first; `forms` are the patterns whose fields stand in a form."""

    model_config = ConfigDict(extra="forbid")

    patterns: dict[str, list[str]] = Field(default_factory=dict)
    forms: list[str] = Field(default_factory=list)
    types: dict[str, TypeInPlay] = Field(default_factory=dict)

    def entries(self, screen: ScreenInPlay, known: Collection[str]) -> dict[str, float]:
        """Of each known entry that is in play how much it is, 0 to 1."""
        found: dict[str, float] = {}
        for entry, worth in (*self._of_pattern(screen.pattern), *self._of_types(screen)):
            if entry in known:
                found[entry] = max(worth, found.get(entry, 0.0))
        return found

    def _of_pattern(self, pattern: str | None) -> Iterator[tuple[str, float]]:
        for place, entry in enumerate(self.patterns.get(pattern or "", ())):
            yield entry, _FIRST if place < 2 else _NEXT if place < _NEXT_UP_TO else _LEAST

    def _of_types(self, screen: ScreenInPlay) -> Iterable[tuple[str, float]]:
        for name in screen.types:
            kind = self.types.get(name, TypeInPlay())
            needed = kind.form if screen.pattern in self.forms else kind.grid
            yield from ((entry, _LEAST if place else _NEXT) for place, entry in enumerate(needed))
