"""Optimistic concurrency: whoever changes a record says which version of it was read."""

from dataclasses import dataclass

from chassis.errors import Conflict

from .errors import PreconditionFailed, invalid_field


@dataclass(frozen=True, slots=True)
class Expected:
    """What the caller has read: `if_match` from the header (412 where it is old), `version` from the body (409)."""

    if_match: str | None = None
    version: int | None = None

    def check(self, current: int) -> None:
        """Raises where somebody else has changed the record meanwhile; nothing stated means: in any case."""
        extra = {"current_version": current}
        if self.if_match is not None and self.if_match.strip() != "*" and current not in self._versions():
            raise PreconditionFailed("Somebody else has changed this since it was read.", extra=extra)
        if self.version is not None and self.version != current:
            raise Conflict("Somebody else has changed this since it was read.", code="version_conflict", extra=extra)

    def _versions(self) -> list[int]:
        texts = [part.strip().removeprefix("W/").strip('"') for part in (self.if_match or "").split(",")]
        if not all(text.isascii() and text.isdigit() and len(text) < 10 for text in texts):
            raise invalid_field("If-Match", 'Write the version in quotes, as the ETag has it: "3".')
        return [int(text) for text in texts]


def entity_tag(version: int | str) -> str:
    return f'"{version}"'


def tag_matches(if_none_match: str | None, tag: str) -> bool:
    """Whether the caller has this version already (RFC 9110, weak comparison)."""
    parts = [part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")]
    return tag in parts or "*" in parts
