"""Tries of jobs, and the job that stays with a repository."""

import io
import logging
from typing import Any

import pytest
from app.core.clients.rag import RepositoryState
from app.jobs.app import Attempt, Pauses, TriedInVain
from app.jobs.expected_ends import ExpectedEnds
from app.jobs.indexing import IndexingJob
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job

from chassis.errors import UpstreamFailed, UpstreamRejected

FIRST, SECOND = Attempt(1, last=False), Attempt(2, last=False)
REPOSITORY = {"repository_id": "r1", "user_id": "alice", "role": "developer"}


def job(attempts: int) -> Job:
    return Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)


def test_three_tries_ten_seconds_apart() -> None:  # R2.2
    pauses = Pauses((10, 10, 10))
    decisions = [pauses.get_retry_decision(exception=TriedInVain(), job=job(number)) for number in range(4)]
    assert [decision is not None for decision in decisions] == [True, True, True, False]


@pytest.mark.parametrize(("error", "traced"), [(TriedInVain("no such host"), False), (ValueError("a fault"), True)])
def test_a_job_that_ends_for_its_own_reason_writes_no_trace(error: Exception, traced: bool) -> None:
    logger, stream = logging.getLogger(__name__), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(ExpectedEnds())
    logger.addHandler(handler)
    with pytest.raises(type(error)) as raised:
        raise error
    logger.error("Job %s failed", "deliver_webhook[5]", exc_info=raised.value)
    logger.removeHandler(handler)
    assert ("Traceback" in stream.getvalue()) is traced
    assert str(error) in stream.getvalue()
    assert "deliver_webhook[5]" in stream.getvalue()


def test_a_job_that_a_stopping_worker_broke_off_goes_on_however_often() -> None:
    assert Pauses(()).get_retry_decision(exception=JobAborted(), job=job(99)) is not None


class FakeIndexer:
    """rag-service as told: states or errors one after the other, the last one for ever."""

    def __init__(self, *states: str | Exception) -> None:
        self.states = list(states)
        self.asked_again = 0
        self.refuses = False

    async def repository(self, repository_id: str, *, user_id: str, role: str) -> RepositoryState:
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        if isinstance(state, Exception):
            raise state
        return RepositoryState(state=state)

    async def index_again(self, repository_id: str, *, user_id: str, role: str) -> Any:
        self.asked_again += 1
        if self.refuses:
            raise UpstreamRejected("rag-service", 409, {})


def looking(indexer: FakeIndexer, *, away_s: float = 5.0) -> IndexingJob:
    return IndexingJob(indexer, poll_s=0.001, away_s=away_s)


async def test_it_stays_until_the_repository_is_ready() -> None:
    indexer = FakeIndexer("queued", UpstreamFailed("away"), "indexing", "ready")
    await looking(indexer).run(FIRST, **REPOSITORY)
    assert indexer.asked_again == 0


async def test_what_failed_is_asked_for_again() -> None:
    indexer = FakeIndexer("failed")
    with pytest.raises(TriedInVain):
        await looking(indexer).run(FIRST, **REPOSITORY)
    indexer.states = ["indexing", "ready"]
    await looking(indexer).run(SECOND, **REPOSITORY)
    assert indexer.asked_again == 1


async def test_an_upload_that_is_not_kept_fails_for_good() -> None:
    indexer = FakeIndexer("failed")
    indexer.refuses = True
    with pytest.raises(TriedInVain):
        await looking(indexer).run(SECOND, **REPOSITORY)


async def test_a_repository_that_is_gone_is_no_work() -> None:
    await looking(FakeIndexer(UpstreamRejected("rag-service", 404, {}))).run(FIRST, **REPOSITORY)


@pytest.mark.parametrize("error", [UpstreamRejected("rag-service", 403, {}), UpstreamFailed("away")])
async def test_what_can_not_be_seen_for_long_is_an_error(error: Exception) -> None:
    with pytest.raises(type(error)):
        await looking(FakeIndexer(error), away_s=0.0).run(FIRST, **REPOSITORY)
