"""The log of generations, as the gateway hands it over."""

from typing import Any

from ...core.fields import Response


class GenerationListResponse(Response):
    items: list[dict[str, Any]]
    next_cursor: str | None
