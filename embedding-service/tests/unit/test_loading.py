"""Models are loaded in the background, and retried."""

import asyncio
import threading

import numpy as np
import pytest
from app.core.limits import InputLimits
from app.core.loading import Loading
from app.core.text_worker import TextWorker
from app.features.embeddings.cache import Embedded, VectorCache
from app.features.embeddings.model_files import ModelFilesChanged, packaged_folder, verify
from app.features.embeddings.presets import prefixes_for

from chassis.errors import PayloadTooLarge, TooManyRequests, Unavailable, Unprocessable

VECTOR = Embedded(np.zeros(1, dtype=np.float32), 1, truncated=False)


def _until(condition):
    done = threading.Event()
    for _ in range(500):
        if condition():
            return
        done.wait(0.01)
    raise AssertionError("it did not happen")


def test_callers_are_told_to_come_again_while_it_loads():
    gate = threading.Event()
    loading = Loading("model", lambda: gate.wait(5) and "value")
    loading.start()
    with pytest.raises(Unavailable) as refused:
        loading.get()
    assert refused.value.retry_after_s
    gate.set()
    _until(lambda: loading.ready)
    assert loading.get() == "value"


def test_a_failed_load_is_reported_and_tried_again():
    tries = []

    def load():
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no hub")
        return "value"

    loading = Loading("model", load, retry_pause_s=0.2)
    loading.start()
    _until(lambda: "no hub" in loading.state())
    _until(lambda: loading.ready)
    loading.stop()


async def test_the_analyser_refuses_more_than_may_wait():
    worker = TextWorker(queue_characters=10)
    gate = threading.Event()
    first = asyncio.create_task(worker.run(lambda: gate.wait(5), texts=["12345678"]))
    await asyncio.sleep(0)
    with pytest.raises(TooManyRequests):
        await worker.run(lambda: None, texts=["12345678"])
    gate.set()
    await first
    assert await worker.run(lambda: 7, texts=["a" * 100]) == 7
    worker.close()


def test_limits_of_a_request():
    limits = InputLimits(max_inputs=2, max_characters=10)
    limits.check(["a", "b"])
    with pytest.raises(Unprocessable):
        limits.check([])
    with pytest.raises(PayloadTooLarge):
        limits.check(["a"] * 3)
    with pytest.raises(PayloadTooLarge):
        limits.check(["a" * 11])
    with pytest.raises(Unprocessable, match="surrogate"):
        limits.check(["그리드", "\ud800"])
    limits.check(["𝄞"])


def test_the_cache_forgets_what_was_used_least():
    cache = VectorCache(2)
    for text in "ab":
        cache.put(text, VECTOR)
    cache.get("a")
    cache.put("c", VECTOR)
    assert [cache.get(text) is not None for text in "abc"] == [True, False, True]
    nothing = VectorCache(0)
    nothing.put("a", VECTOR)
    assert len(nothing) == 0


def test_changed_model_files_are_refused(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelFilesChanged, match=r"config\.json"):
        verify(tmp_path, {"config.json": "0" * 64})


def test_only_the_default_model_comes_from_the_package():
    assert packaged_folder("intfloat/multilingual-e5-small") is None


def test_e5_models_get_their_prefixes():
    assert prefixes_for("intfloat/multilingual-e5-small") == ("query: ", "passage: ")
    assert prefixes_for("BAAI/bge-m3") == ("", "")
