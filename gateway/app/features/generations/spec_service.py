"""Spec and files of a generation: read, packed, and emitted again from an edited spec."""

import io
import zipfile
from pathlib import PurePosixPath
from typing import Any, Protocol

from chassis.errors import Conflict, FieldError, InvalidInput, NotFound
from screenspec.spec import ScreenSpec

from ...core.clients.postprocess import Emission, Preview
from ...core.identity import User
from ...db.tables import GenerationRow
from ...storage.generations import GenerationStore
from .options import emission_options


class Drawing(Protocol):
    """What is needed of postprocess-service."""

    async def artifacts(self, body: dict[str, Any], *, user_id: str, role: str) -> Emission: ...

    async def previews(self, body: dict[str, Any], *, user_id: str, role: str) -> Preview: ...


class SpecService:
    def __init__(self, *, generations: GenerationStore, postprocessing: Drawing) -> None:
        self._generations = generations
        self._postprocessing = postprocessing

    async def spec(self, row: GenerationRow, version: int | None) -> tuple[int, dict[str, Any]]:
        """The spec of a version, the current one unless named."""
        if row.spec is None:
            raise NotFound("The generation has no screen spec.", code="spec_not_found")
        if version is None or version == row.spec_version:
            return row.spec_version, row.spec
        earlier = await self._generations.spec_version(row.id, version)
        if earlier is None:
            raise NotFound("There is no such version of the spec.", code="spec_not_found")
        return version, earlier

    async def preview(self, row: GenerationRow, user: User, *, version: int | None, theme: str) -> tuple[int, str]:
        """The picture of a version of the spec, as HTML."""
        number, spec = await self.spec(row, version)
        drawn = await self._postprocessing.previews({"spec": spec, "theme": theme}, user_id=user.id, role=user.role)
        return number, drawn.html

    async def files(self, row: GenerationRow, user: User, *, version: int | None) -> list[dict[str, Any]]:
        """The files of a version, with their content: an earlier one is emitted again, as the same spec always is.

        Raises:
            NotFound: there is no such version.
        """
        if version is None or version == row.spec_version:
            return list(row.artifacts or ())
        _, spec = await self.spec(row, version)
        return [artifact.model_dump() for artifact in (await self._emitted(row, spec, user)).artifacts]

    async def emit_again(self, row: GenerationRow, edited: ScreenSpec, user: User, *, version: int | None) -> None:
        """Emits from an edited spec, as a new version; no engine is involved.

        Raises:
            Conflict: the generation still runs, or another edit came first.
            UpstreamRejected: the spec's references don't resolve.
        """
        if row.ended_at is None:
            raise Conflict("The generation still runs.", code="generation_running")
        if row.spec is None:
            raise Conflict("The generation has no screen spec to replace.", code="spec_not_found")
        if version is not None and version != row.spec_version:
            raise _outdated(row.spec_version)
        spec = edited.model_dump(mode="json", by_alias=True)
        emission = await self._emitted(row, spec, user)
        columns = {
            "spec": emission.spec or spec,
            "artifacts": [artifact.model_dump() for artifact in emission.artifacts],
            "fixes": emission.fixes,
            "diagnostics": emission.diagnostics,
        }
        if not await self._generations.replace_spec(row, columns):
            raise _outdated(row.spec_version + 1)

    async def _emitted(self, row: GenerationRow, spec: dict[str, Any], user: User) -> Emission:
        asked = row.request.get("options", {})
        kinds = [artifact["kind"] for artifact in row.artifacts or () if artifact.get("kind")]
        body = {
            "spec": spec,
            "files": None,
            "data_model": row.data_model,
            "artifacts": kinds or None,
            "framework": row.framework,
            "strictness": asked.get("strictness", "relaxed"),
            "options": emission_options(asked),
        }
        return await self._postprocessing.artifacts(body, user_id=user.id, role=user.role)


def edited_version(if_match: str | None) -> int | None:
    """The version in an `If-Match` header; None where any will do."""
    text = (if_match or "*").strip().removeprefix("W/").strip('"')
    if text == "*":
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        message = "If-Match is the version that was edited, as ETag gave it."
        raise InvalidInput(message, code="invalid_if_match", errors=[FieldError("If-Match", message)])
    return int(text)


def artifact(files: list[dict[str, Any]], path: str) -> dict[str, Any]:
    """The artifact at a path, with its content."""
    found = next((item for item in files if item["path"] == path), None)
    if found is None:
        raise NotFound("The generation has no such file.", code="artifact_not_found")
    return found


def archive(row: GenerationRow) -> bytes:
    """All files as a zip; the same files give the same bytes."""
    if not row.artifacts:
        raise NotFound("The generation has no files.", code="artifact_not_found")
    buffer = io.BytesIO()
    moment = row.created_at.timetuple()[:6]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for item in row.artifacts:
            if _stays_inside(item["path"]):
                entry = zipfile.ZipInfo(item["path"], moment)
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, item["content"].encode())
    return buffer.getvalue()


def _stays_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and "\\" not in path


def _outdated(version: int) -> Conflict:
    return Conflict(
        f"The spec was edited in the meantime; its version is {version}.", code="spec_outdated",
        extra={"version": version},
    )  # fmt: skip
