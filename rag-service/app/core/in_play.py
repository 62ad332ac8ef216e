"""What a screen needs to be known of, by its pattern and its fields' types: a pack's `in_play.yaml`."""

from collections.abc import Collection, Iterator

from pydantic import BaseModel, ConfigDict, Field

_WORTH = {"itself": 1.0, "needs": 0.95, "helps": 0.4}
"""How much an entry is in play: the pattern and its example, what its code is written with, what comes after that."""


class ScreenInPlay(BaseModel):
    """The screen that a search is for: its pattern, and the types of its fields."""

    model_config = ConfigDict(frozen=True)

    pattern: str | None = None
    types: tuple[str, ...] = ()


class Needed(BaseModel):
    """Ids of knowledge entries, by how much they are needed."""

    model_config = ConfigDict(extra="forbid")

    itself: list[str] = Field(default_factory=list, alias="is")
    needs: list[str] = Field(default_factory=list)
    helps: list[str] = Field(default_factory=list)

    def worth(self) -> Iterator[tuple[str, float]]:
        for name, worth in _WORTH.items():
            yield from ((entry, worth) for entry in getattr(self, name))


class TypeInPlay(BaseModel):
    """For a type of field: where it stands in a grid, and where it stands in a form."""

    model_config = ConfigDict(extra="forbid")

    grid: Needed = Field(default_factory=Needed)
    form: Needed = Field(default_factory=Needed)


class InPlay(BaseModel):
    """Of each pattern and type what is needed; `forms` are the patterns whose fields stand in a form."""

    model_config = ConfigDict(extra="forbid")

    patterns: dict[str, Needed] = Field(default_factory=dict)
    forms: list[str] = Field(default_factory=list)
    types: dict[str, TypeInPlay] = Field(default_factory=dict)

    def entries(self, screen: ScreenInPlay, known: Collection[str]) -> dict[str, float]:
        """Of each known entry that is in play how much it is, 0 to 1."""
        found: dict[str, float] = {}
        for needed in self._needed(screen):
            for entry, worth in needed.worth():
                if entry in known:
                    found[entry] = max(worth, found.get(entry, 0.0))
        return found

    def _needed(self, screen: ScreenInPlay) -> Iterator[Needed]:
        if screen.pattern in self.patterns:
            yield self.patterns[screen.pattern]
        for name in screen.types:
            kind = self.types.get(name, TypeInPlay())
            yield kind.form if screen.pattern in self.forms else kind.grid
