"""The ledger: a patch is written once, the same one again changes nothing, and it can be taken back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from chassis.errors import NotFound

from ...core.clients.postprocess import Patched, PatchedFile
from ...core.identity import User
from ...db.patch_tables import PatchRow
from ...storage.identifiers import is_id, new_id
from ...storage.patches import PatchStore
from ...storage.records import moment, now
from .schemas import (
    FileChange,
    PatchFeedbackRequest,
    PatchFeedbackResponse,
    PatchLine,
    PatchListResponse,
    PatchRecord,
    PatchRequest,
    PatchResponse,
    PatchWarning,
    RollbackResponse,
)


class Patcher(Protocol):
    async def patches(self, body: dict[str, Any], *, user_id: str, role: str) -> Patched: ...


@dataclass(frozen=True, slots=True)
class Made:
    """A patch that holds, and how it came to be. `bases`: the content of each file before."""

    patched: Patched
    bases: dict[str, str]
    plan_id: str | None = None
    intent: str = ""
    engine: str | None = None
    degraded: bool = False
    attempts: int = 1


class LedgerService:
    def __init__(self, *, store: PatchStore, patcher: Patcher) -> None:
        self._store = store
        self._patcher = patcher

    async def apply_request(self, request: PatchRequest, user: User) -> PatchResponse:
        """Raises `UpstreamRejected` (409, 422) where an edit can't be applied."""
        body = {
            "files": [file.model_dump() for file in request.files],
            "edits": request.edits,
            "framework": request.framework,
            "language": request.language,
        }
        patched = await self._patcher.patches(body, user_id=user.id, role=user.role)
        made = Made(patched, {file.path: file.content for file in request.files})
        return await self.enter(made, user, dry_run=request.dry_run)

    async def enter(self, made: Made, user: User, *, dry_run: bool) -> PatchResponse:
        """Writes the patch into the ledger, unless it only was a trial; one that changes no file is none."""
        patch_id, before = None, not made.patched.files
        if made.patched.files and not dry_run:
            patch_id, before = await self._store.apply(_row(made, user))
        return PatchResponse(
            ok=True,
            patch_id=patch_id,
            edits=made.patched.edits,
            files=[_change(file) for file in made.patched.files],
            applied_before=before,
            engine=made.engine,
            degraded=made.degraded,
            attempts=made.attempts,
            warnings=[PatchWarning(code=item.code, message=item.message) for item in made.patched.warnings],
        )

    async def page(self, user: User, *, cursor: str | None, limit: int) -> PatchListResponse:
        found = await self._store.patches(user_id=user.id, cursor=cursor, limit=limit)
        items = [
            PatchLine(patch_id=line["id"], paths=[file["path"] for file in line["files"]],
                      **{name: line[name] for name in ("plan_id", "created_at", "status", "intent", "engine")})
            for line in found[:limit]
        ]  # fmt: skip
        return PatchListResponse(items=items, next_cursor=items[-1].patch_id if len(found) > limit else None)

    async def read(self, patch_id: str, user: User) -> PatchRecord:
        row = await self._row(patch_id, user)
        return PatchRecord(
            ok=True, patch_id=row.id, edits=row.edits, files=[_kept(file) for file in row.files], applied_before=True,
            engine=row.engine, degraded=row.degraded, attempts=row.attempts, status=_status(row), plan_id=row.plan_id,
            created_at=row.created_at,
        )  # fmt: skip

    async def roll_back(self, patch_id: str, user: User) -> RollbackResponse:
        """The files as they were. A second call changes nothing, and says the same."""
        row = await self._row(patch_id, user)
        first = await self._store.roll_back(row.id)
        files = [_undone(file) for file in row.files]
        return RollbackResponse(patch_id=row.id, status="rolled_back", rolled_back_before=not first, files=files)

    async def rate(self, patch_id: str, request: PatchFeedbackRequest, user: User) -> PatchFeedbackResponse:
        """What a person thinks of a patch, kept with it for what is learnt from."""
        row = await self._row(patch_id, user)
        said = request.model_dump(exclude_unset=True)
        feedback = {**PatchFeedbackRequest().model_dump(), **(row.feedback or {}), **said, "at": moment(now())}
        await self._store.rate(row.id, feedback)
        return PatchFeedbackResponse(patch_id=row.id, **feedback)

    async def _row(self, patch_id: str, user: User) -> PatchRow:
        row = await self._store.patch(patch_id, user_id=user.id) if is_id(patch_id) else None
        if row is None:
            raise NotFound("There is no such patch.", code="patch_not_found")
        return row


def _status(row: PatchRow) -> Any:
    return row.status


def _row(made: Made, user: User) -> PatchRow:
    made_at = now()
    return PatchRow(
        id=new_id(),
        created_at=made_at,
        user_id=user.id,
        key=_key(made.plan_id, made.patched.files),
        plan_id=made.plan_id,
        intent=made.intent,
        status="applied",
        applied_at=made_at,
        rolled_back_at=None,
        edits=made.patched.edits,
        files=[{**file.model_dump(), "base_content": made.bases.get(file.path)} for file in made.patched.files],
        engine=made.engine,
        degraded=made.degraded,
        attempts=made.attempts,
        feedback=None,
    )


def _key(plan_id: str | None, files: Sequence[PatchedFile]) -> str:
    """The same files, changed to the same: the same patch, however its edits were written."""
    changes = sorted([file.path, file.base_sha256, file.sha256] for file in files)
    return hashlib.sha256(orjson.dumps([plan_id, changes])).hexdigest()


def _change(file: PatchedFile) -> FileChange:
    return FileChange(**file.model_dump())


def _kept(file: dict[str, Any]) -> FileChange:
    return FileChange(**{name: value for name, value in file.items() if name != "base_content"})


def _undone(file: dict[str, Any]) -> FileChange:
    made = file["operation"] == "create"
    return FileChange(
        path=file["path"],
        operation="delete" if made else "modify",
        language=file["language"],
        encoding=file["encoding"],
        base_sha256=file["sha256"],
        sha256=None if made else file["base_sha256"],
        content=None if made else file["base_content"],
    )
