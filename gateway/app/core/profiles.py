"""Values by model, as admin-service says them: polled, and kept as last known."""

import re
from collections.abc import Mapping
from typing import Any, Literal, Protocol

from pydantic import BaseModel, Field

from chassis.errors import ServiceError
from chassis.logging import get_logger

_JOINT = re.compile(r"[:_\s]+")
_log = get_logger(__name__)


class Profile(BaseModel):
    """What holds for a model where a request does not say; None: by the model's class, as ever.

    `threshold` and `hits` are of the search, `examples` the most that a prompt carries, `repair_budget` how many times
    an engine is asked again after an answer that can't be used.
    """

    mode: Literal["spec", "direct", "auto"] | None = None
    edit_format: Literal["search_replace", "whole"] | None = None
    threshold: float | None = Field(None, ge=0, le=1)
    hits: int | None = Field(None, ge=1, le=20)
    examples: int | None = Field(None, ge=0, le=3)
    repair_budget: int = Field(1, ge=0, le=3)

    def with_values(self, values: Mapping[str, Any]) -> "Profile":
        """Some values in place of the model's own; of an evaluation, which compares them."""
        return Profile.model_validate({**self.model_dump(), **values}) if values else self


class Profiles(BaseModel):
    """`presets` by how a normalised name begins, `profiles` by the whole normalised name."""

    presets: dict[str, dict[str, Any]] = {}
    profiles: dict[str, dict[str, Any]] = {}

    def of(self, model: str | None) -> Profile:
        """The model's own values over its preset's; the preset with the longest name, where several begin so."""
        if not model:
            return Profile()
        name = normalised(model)
        starts = sorted((start for start in self.presets if name.startswith(start)), key=len)
        preset: Mapping[str, Any] = self.presets[starts[-1]] if starts else {}
        return Profile.model_validate({**preset, **self.profiles.get(name, {})})


class ProfileSource(Protocol):
    async def profiles(self, etag: str) -> tuple[str, Profiles] | None:
        """The document with its ETag; None where it is still the one with this ETag."""
        ...


class ProfileBook:
    """The profiles as last heard; none before the first answer, so that the classes' values hold."""

    def __init__(self, source: ProfileSource) -> None:
        self._source = source
        self._etag = ""
        self._known = Profiles()

    def of(self, model: str | None) -> Profile:
        return self._known.of(model)

    async def poll(self) -> None:
        try:
            changed = await self._source.profiles(self._etag)
        except ServiceError as error:
            _log.debug("profiles_not_read", reason=error.detail)
            return
        if changed is not None:
            self._etag, self._known = changed


def normalised(model: str) -> str:
    """As admin-service reads names: `openai/gpt-oss:20B` and `gpt-oss-20b` are the same model."""
    return _JOINT.sub("-", model.rsplit("/", 1)[-1].strip().lower())
