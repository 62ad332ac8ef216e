"""Lanes pack, bound and isolate."""

import asyncio

import pytest
from app.features.embeddings.lane import Lane
from tests.conftest import FakeEncoder

from chassis.errors import TooManyRequests


async def test_what_waits_together_is_encoded_together():
    encoder = FakeEncoder(delay_s=0.05)
    lane = Lane("test", batch_tokens=100, queue_tokens=1000)
    first = asyncio.create_task(lane.encode(encoder.encode, [[1, 2]]))
    await asyncio.sleep(0.02)
    rest = [asyncio.create_task(lane.encode(encoder.encode, [[3], [4]])) for _ in range(3)]
    results = await asyncio.gather(first, *rest)
    assert [len(batch) for batch in encoder.encoded] == [1, 6]
    assert [len(result) for result in results] == [1, 2, 2, 2]
    lane.close()


async def test_a_batch_stays_within_its_padded_tokens_and_is_sorted_by_length():
    encoder = FakeEncoder()
    lane = Lane("test", batch_tokens=8, queue_tokens=1000)
    vectors = await lane.encode(encoder.encode, [[1] * 8, [2], [3] * 4, [4], [5] * 4])
    assert [[len(ids) for ids in batch] for batch in encoder.encoded] == [[1, 1], [4, 4], [8]]
    expected = [encoder.encode([ids])[0].tolist() for ids in ([1] * 8, [2], [3] * 4, [4], [5] * 4)]
    assert [vector.tolist() for vector in vectors] == expected
    lane.close()


async def test_more_than_the_queue_holds_is_refused():
    encoder = FakeEncoder(delay_s=0.1)
    lane = Lane("test", batch_tokens=4, queue_tokens=8)
    first = asyncio.create_task(lane.encode(encoder.encode, [[1] * 4, [1] * 4, [1] * 4]))
    await asyncio.sleep(0.02)
    with pytest.raises(TooManyRequests) as refused:
        await lane.encode(encoder.encode, [[1] * 4])
    assert refused.value.retry_after_s == 1
    await first
    lane.close()


async def test_a_failed_batch_fails_its_callers_and_the_lane_goes_on():
    encoder = FakeEncoder(failure=RuntimeError("out of memory"))
    lane = Lane("test", batch_tokens=4, queue_tokens=100, niceness=1)
    with pytest.raises(RuntimeError, match="out of memory"):
        await lane.encode(encoder.encode, [[1]])
    encoder.failure = None
    assert len(await lane.encode(encoder.encode, [[1]])) == 1
    lane.close()


async def test_what_nobody_waits_for_any_more_is_not_encoded():
    encoder = FakeEncoder(delay_s=0.5)
    lane = Lane("test", batch_tokens=1, queue_tokens=100)
    first = asyncio.create_task(lane.encode(encoder.encode, [[1]]))
    await asyncio.sleep(0.01)
    given_up = asyncio.create_task(lane.encode(encoder.encode, [[2]]))
    await asyncio.sleep(0.01)
    given_up.cancel()
    await first
    await lane.encode(encoder.encode, [[3]])
    assert encoder.encoded == [[[1]], [[3]]]
    assert lane.waiting_tokens == 0
    lane.close()
