"""What the intents' service needs from outside; tests pass fakes."""

from typing import Any, Protocol


class NounSource(Protocol):
    """Korean text without its particles; None where nobody can say."""

    async def nouns(self, text: str) -> str | None: ...


class StructuredEngine(Protocol):
    """An engine that answers in a schema."""

    async def usable(self, model: str | None) -> bool: ...

    async def ask(
        self, *, system: str, user: str, schema_name: str, schema: dict[str, Any], model: str | None
    ) -> dict[str, Any] | None: ...
