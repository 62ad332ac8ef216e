"""Fakes, an application that uses them, and the real models, loaded once for the whole run."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import httpx
import numpy as np
import pytest
from app.core.context import Loaders, default_loaders
from app.core.morphemes import KiwiAnalyzer, Morpheme, MorphemeAnalyzer
from app.core.settings import EmbeddingSettings
from app.core.threads import calm_numeric_threads
from app.features.embeddings.encoder import Encoder, Tokens
from app.main import create_app
from numpy.typing import NDArray

from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, running, service_headers


@dataclass
class FakeEncoder:
    """Four tokens at most, one for each character; a vector that only depends on the tokens."""

    model: str = "fake"
    fingerprint: str = "fake@1"
    dimension: int = 4
    prefixes: tuple[str, str] = ("", "")
    max_tokens: int = 4
    encoded: list[list[list[int]]] = field(default_factory=list)
    tokenized: list[str] = field(default_factory=list)
    delay_s: float = 0.0
    failure: Exception | None = None

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        self.tokenized.extend(texts)
        return [Tokens([ord(c) for c in text[: self.max_tokens]], len(text) > self.max_tokens) for text in texts]

    def encode(self, sequences: Sequence[list[int]]) -> NDArray[np.float32]:
        self.encoded.append([list(ids) for ids in sequences])
        time.sleep(self.delay_s)
        if self.failure is not None:
            raise self.failure
        rows = np.array([[sum(ids), len(ids), ids[0], 1] for ids in sequences], dtype=np.float32)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


class FakeAnalyzer:
    """Words between blanks, all nouns."""

    def analyze(self, texts: Iterable[str], *, terms: bool = False) -> Iterator[list[Morpheme]]:
        for text in texts:
            yield [Morpheme(word, "NNG", text.index(word), len(word)) for word in text.split()]

    def close(self) -> None:
        pass


def make_settings(**changes: object) -> EmbeddingSettings:
    values = {"service_secret": TEST_SECRET, "metrics_token": TEST_METRICS_TOKEN, "log_level": "error", **changes}
    return EmbeddingSettings.model_validate(values)


def wait_until_ready(client: httpx.Client, limit_s: float = 120.0) -> None:
    deadline = time.monotonic() + limit_s
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() < deadline, client.get("/readyz").text
        time.sleep(0.05)


@pytest.fixture(name="encoder")
def _encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(name="client")
def _client(encoder: FakeEncoder) -> Iterator[httpx.Client]:
    """The service over a socket, on fake models."""
    app = create_app(make_settings(), loaders=Loaders(lambda: encoder, FakeAnalyzer))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("embedding-service")) as client:
        wait_until_ready(client)
        yield client


@pytest.fixture(scope="session", name="kiwi")
def _kiwi() -> MorphemeAnalyzer:
    return KiwiAnalyzer()


@pytest.fixture(scope="session", name="real_encoder")
def _real_encoder() -> Encoder:
    calm_numeric_threads()
    return default_loaders(make_settings()).encoder()


@pytest.fixture(scope="session", name="real_client")
def _real_client(real_encoder: Encoder, kiwi: MorphemeAnalyzer) -> Iterator[httpx.Client]:
    """The service over a socket, on the real models."""
    app = create_app(make_settings(), loaders=Loaders(lambda: real_encoder, lambda: kiwi))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("embedding-service")) as client:
        wait_until_ready(client)
        yield client
