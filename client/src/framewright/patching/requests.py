"""Plans and patches at the mesh, and what they become on disk."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framewright.client import Client
from framewright.errors import ClientError, Refused, Unreachable

from .disk import sha256
from .errors import PatchError, UnknownRepository
from .journal import Journal
from .transactions import FileChange
from .workspace import LocalFile, Workspace


@dataclass(frozen=True, slots=True)
class Written:
    """`journal_id` is None where nothing had to be written."""

    patch: dict[str, Any]
    journal_id: str | None


class Patches:
    """One workspace at one mesh."""

    def __init__(self, client: Client, workspace: Workspace, journal: Journal) -> None:
        self._client, self._workspace, self._journal = client, workspace, journal

    def plan(self, intent: str, files: Sequence[LocalFile], **more: Any) -> dict[str, Any]:
        """A plan; it is kept, as the one that a patch without a name is for."""
        body = {"intent": intent, **{name: value for name, value in more.items() if value}}
        if files:
            body["files"] = [file.document() for file in files]
        planned = self._client.patches.plan(body)
        self._workspace.state.mkdir(parents=True, exist_ok=True)
        (self._workspace.state / "plan.json").write_text(json.dumps(planned, ensure_ascii=False), encoding="utf-8")
        return planned

    def repository_id(self, name: str) -> str:
        """Of a repository's id, or of its name (`name@branch` where it has several branches); empty for none."""
        if not name:
            return ""
        known = self._client.repositories.list()
        found = [item["id"] for item in known if name in {item["id"], item["name"], f"{item['name']}@{item['branch']}"}]
        if len(found) != 1:
            raise UnknownRepository(name)
        return found[0]

    def plan_id(self, name: str) -> str:
        """Of a file that holds a plan, of an id, or of the last plan made here."""
        place = Path(name) if name else self._workspace.state / "plan.json"
        if name and not place.is_file():
            return name
        try:
            document = json.loads(place.read_text(encoding="utf-8"))
            return str(document["plan_id"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise PatchError(f"{place}: no plan is there") from error

    def patch(self, plan_id: str, *, feedback: dict[str, str], options: dict[str, Any]) -> dict[str, Any]:
        return self._client.patches.patch({"plan": {"plan_id": plan_id}, "feedback": feedback, "options": options})

    def apply_edits(self, edits: Sequence[dict[str, Any]], *, framework: str | None, dry_run: bool) -> dict[str, Any]:
        """Edits of one's own, on the files that they name."""
        paths = dict.fromkeys(str(edit.get("path", "")) for edit in edits)
        files = [self._workspace.read(path) for path in paths if self._workspace.place(path).is_file()]
        return self._client.patches.apply_edits(
            {
                "files": [file.document() for file in files],
                "edits": list(edits),
                "framework": framework,
                "dry_run": dry_run,
            }
        )

    def write(self, patch: dict[str, Any]) -> Written:
        """Puts a patch's files on disk; where that can't be, the mesh's ledger is set back too.

        Raises:
            PatchError, UnsafePath: nothing was written.
        """
        try:
            changes = [_change(file) for file in patch["files"]]
            return Written(patch, self._journal.apply(changes, patch_id=str(patch["patch_id"] or "")))
        except (PatchError, ClientError, OSError):
            if patch["patch_id"] and not patch["applied_before"]:
                self.roll_back(str(patch["patch_id"]))
            raise

    def consent(self, patch_id: str, *, given: bool) -> None:
        """Says whether the patch may be learnt from."""
        self._client.patches.rate(patch_id, {"consent": given})

    def roll_back(self, patch_id: str) -> bool:
        """Marks a patch at the mesh as taken back; False where the mesh can't be told."""
        try:
            self._client.patches.roll_back(patch_id)
        except (Unreachable, Refused):
            return False
        return True


def _change(file: dict[str, Any]) -> FileChange:
    """Raises `PatchError` where the content is not what its hash says."""
    data = None if file["content"] is None else str(file["content"]).encode(str(file["encoding"]))
    if data is not None and sha256(data) != file["sha256"]:
        raise PatchError(f"{file['path']}: the content is not what its sha256 says")
    return FileChange(str(file["path"]), file["base_sha256"], data)
