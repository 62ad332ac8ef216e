"""`client.repositories`: the index of source code."""

import base64
from typing import Any, cast

from framewright.requests import LONGEST_ANSWER_S, repository_path
from framewright.types import Repository

from .connection import AsyncConnection


class AsyncRepositories:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_path(self, name: str, path: str, *, branch: str = "") -> Repository:
        """Indexes a folder on the mesh's own machine, or what changed in it."""
        return await self._add(name, branch, {"type": "path", "path": path})

    async def add_git(self, name: str, url: str, *, branch: str = "") -> Repository:
        return await self._add(name, branch, {"type": "git", "url": url})

    async def add_archive(self, name: str, archive: bytes, *, branch: str = "") -> Repository:
        """Sends a zip or tar file, and indexes it."""
        content = base64.b64encode(archive).decode()
        return await self._add(name, branch, {"type": "archive", "content": content})

    async def list(self) -> list[Repository]:
        return cast("list[Repository]", (await self._connection.json("GET", "/api/v1/repositories"))["repositories"])

    async def read(self, repository_id: str) -> Repository:
        """The repository, and how far it is indexed."""
        return cast("Repository", await self._connection.json("GET", repository_path(repository_id)))

    async def delete(self, repository_id: str) -> None:
        await self._connection.call("DELETE", repository_path(repository_id))

    async def _add(self, name: str, branch: str, source: dict[str, Any]) -> Repository:
        body = {"name": name, "branch": branch, "source": source}
        answer = await self._connection.json("POST", "/api/v1/repositories", body=body, limit_s=LONGEST_ANSWER_S)
        return cast("Repository", answer)
