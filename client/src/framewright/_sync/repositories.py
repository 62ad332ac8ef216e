# Made by client/unasync.py from framewright._async: change that, and run it.
"""`client.repositories`: the index of source code."""

import base64
from typing import Any, cast

from framewright.requests import LONGEST_ANSWER_S, repository_path
from framewright.types import Repository

from .connection import Connection


class Repositories:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_path(self, name: str, path: str, *, branch: str = "") -> Repository:
        """Indexes a folder on the mesh's own machine, or what changed in it."""
        return self._add(name, branch, {"type": "path", "path": path})

    def add_git(self, name: str, url: str, *, branch: str = "") -> Repository:
        return self._add(name, branch, {"type": "git", "url": url})

    def add_archive(self, name: str, archive: bytes, *, branch: str = "") -> Repository:
        """Sends a zip or tar file, and indexes it."""
        content = base64.b64encode(archive).decode()
        return self._add(name, branch, {"type": "archive", "content": content})

    def list(self) -> list[Repository]:
        return cast("list[Repository]", (self._connection.json("GET", "/api/v1/repositories"))["repositories"])

    def read(self, repository_id: str) -> Repository:
        """The repository, and how far it is indexed."""
        return cast("Repository", self._connection.json("GET", repository_path(repository_id)))

    def delete(self, repository_id: str) -> None:
        self._connection.call("DELETE", repository_path(repository_id))

    def _add(self, name: str, branch: str, source: dict[str, Any]) -> Repository:
        body = {"name": name, "branch": branch, "source": source}
        answer = self._connection.json("POST", "/api/v1/repositories", body=body, limit_s=LONGEST_ANSWER_S)
        return cast("Repository", answer)
