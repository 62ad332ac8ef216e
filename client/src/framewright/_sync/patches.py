# Made by client/unasync.py from framewright._async: change that, and run it.
"""`client.patches`: plans, patches and their ledger (`framewright.patching` puts them on disk)."""

from typing import Any, cast

from framewright.requests import LONGEST_ANSWER_S, safe

from .connection import Connection


class Patches:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, body: dict[str, Any]) -> dict[str, Any]:
        """`POST /plan`: what to change where, for `patch`."""
        return self._post("/plan", body)

    def patch(self, body: dict[str, Any]) -> dict[str, Any]:
        """`POST /patch_smart`: edits for a plan, applied in memory. Raises `Refused` where they can't be applied."""
        return self._post("/patch_smart", body)

    def apply_edits(self, body: dict[str, Any]) -> dict[str, Any]:
        """`POST /api/v1/patches`: edits of one's own, applied in memory."""
        return self._post("/api/v1/patches", body)

    def roll_back(self, patch_id: str) -> dict[str, Any]:
        """Takes a patch back in the mesh's ledger; the files as they were before."""
        return self._post(f"/api/v1/patches/{safe(patch_id)}/rollback", None)

    def rate(self, patch_id: str, said: dict[str, Any]) -> dict[str, Any]:
        """`rating`, `comment`, `consent`: what is given replaces what was said before."""
        return self._post(f"/api/v1/patches/{safe(patch_id)}/feedback", said)

    def _post(self, path: str, body: Any) -> dict[str, Any]:
        answer = self._connection.json("POST", path, body=body, limit_s=LONGEST_ANSWER_S)
        return cast("dict[str, Any]", answer)
