"""The job that stays with a repository until rag-service has indexed it."""

import asyncio
from typing import Any, Protocol

from chassis.errors import UpstreamFailed, UpstreamRejected, UpstreamTimedOut
from chassis.logging import get_logger

from ..core.clients.rag import RepositoryState
from .app import Attempt, TriedInVain

POLL_S = 2.0
AWAY_S = 600.0
"""rag-service may be away for so long; it goes on by itself with what it had begun."""
_log = get_logger(__name__)


class Indexer(Protocol):
    """What is needed of rag-service."""

    async def repository(self, repository_id: str, *, user_id: str, role: str) -> RepositoryState: ...

    async def index_again(self, repository_id: str, *, user_id: str, role: str) -> Any: ...


class IndexingJob:
    """rag-service indexes; this looks after it, and asks again where it failed."""

    def __init__(self, indexer: Indexer, *, poll_s: float = POLL_S, away_s: float = AWAY_S) -> None:
        self._indexer, self._poll_s, self._away_s = indexer, poll_s, away_s

    async def run(self, job: Attempt, *, repository_id: str, user_id: str, role: str) -> None:
        """Ends when the repository is ready, or gone.

        Raises:
            TriedInVain: it failed; it is asked for again, unless this was the last time.
        """
        user = {"user_id": user_id, "role": role}
        if job.number > 1:
            await self._ask_again(repository_id, user)
        state = await self._settled(repository_id, user)
        if state is not None and state.state == "failed":
            _log.warning("repository_not_indexed", repository_id=repository_id, reason=state.message)
            raise TriedInVain(state.message)

    async def _ask_again(self, repository_id: str, user: dict[str, str]) -> None:
        try:
            await self._indexer.index_again(repository_id, **user)
        except UpstreamRejected as error:  # uploaded, and not kept; or deleted meanwhile
            _log.info("repository_not_asked_again", repository_id=repository_id, reason=error.detail)

    async def _settled(self, repository_id: str, user: dict[str, str]) -> RepositoryState | None:
        """The repository when nothing goes on with it any more; None where it is gone."""
        loop = asyncio.get_running_loop()
        seen_at = loop.time()
        while True:
            try:
                state = await self._indexer.repository(repository_id, **user)
                seen_at = loop.time()
                if state.state not in {"queued", "indexing"}:
                    return state
            except UpstreamRejected as error:
                if error.status == 404:
                    return None
                raise
            except (UpstreamFailed, UpstreamTimedOut):
                if loop.time() - seen_at > self._away_s:
                    raise
            await asyncio.sleep(self._poll_s)
