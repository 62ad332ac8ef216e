"""Requests and answers about an engine's adapters."""

from typing import Annotated

from pydantic import BaseModel, Field

Weight = Annotated[float, Field(ge=0)]


class AdapterRequest(BaseModel):
    """An adapter to load; `name@version` is the name under which it is known. A version needs a path of its own."""

    name: str = Field(min_length=1, max_length=100, pattern=r"^[\w.-]+$")
    version: str = Field("", max_length=40, pattern=r"^[\w.-]*$")
    path: str = Field(min_length=1, description="Where the server finds it.")

    @property
    def full_name(self) -> str:
        return f"{self.name}@{self.version}" if self.version else self.name


class WeightsRequest(BaseModel):
    """Shares of the calls by adapter; the name `""` is the base model."""

    weights: dict[str, Weight]


class ScalesRequest(BaseModel):
    """llama.cpp: how strongly each adapter is mixed in, by its number."""

    scales: dict[str, float]


class AdapterResponse(BaseModel):
    name: str
    path: str
    scale: float | None
    weight: float


class AdaptersResponse(BaseModel):
    engine: str
    base_weight: float
    adapters: list[AdapterResponse]
