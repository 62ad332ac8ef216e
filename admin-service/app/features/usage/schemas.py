"""The account of usage on the wire."""

from datetime import date

from pydantic import Field

from ...core.fields import Response


class UsedResponse(Response):
    generations: int
    failed: int
    degraded: int
    prompt_tokens: int
    completion_tokens: int
    gpu_seconds: float = Field(description="Time that engines took; the built-in one takes none")
    cost: float


class UsedByResponse(UsedResponse):
    """`key` is the day, the user's id, the model or the engine; `label` what people call it."""

    key: str
    label: str


class UsageResponse(Response):
    """Days are UTC's, both within."""

    first: date
    last: date
    currency: str
    total: UsedResponse
    days: list[UsedByResponse]
    users: list[UsedByResponse]
    models: list[UsedByResponse]
    engines: list[UsedByResponse]
    truncated: bool = Field(description="More than 50,000 lines: the numbers are too low")
