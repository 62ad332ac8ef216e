"""Reranking by a cross-encoder: a tiny one, built here, whose scores are its own."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core.context import Loaders, default_loaders
from app.features.rerank.cross_encoder import RelevanceModel, SentenceTransformersCrossEncoder
from app.main import create_app
from fastapi import FastAPI
from tests.conftest import FakeAnalyzer, FakeEncoder, make_settings, wait_until_ready

from chassis.testing import running, service_headers

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "grid", "save", "popup", "close", "그리드", "저장", "팝업"]
DOCUMENTS = ["grid save", "popup close", "그리드 저장"]


@pytest.fixture(scope="module", name="tiny")
def _tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of one layer with weights at random."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64,
    )  # fmt: skip
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def _client_app(tiny: Path, load: Callable[[], RelevanceModel] | None = None) -> FastAPI:
    settings = make_settings(rerank_model=str(tiny))
    return create_app(
        settings, loaders=Loaders(FakeEncoder, FakeAnalyzer, load or default_loaders(settings).cross_encoder)
    )


def test_the_models_own_scores_decide_and_the_answer_says_so(tiny):  # R1.3
    reference = SentenceTransformersCrossEncoder(str(tiny), token=None, device="cpu").scores("save", DOCUMENTS)
    with (
        running(_client_app(tiny)) as url,
        httpx.Client(base_url=url, headers=service_headers("embedding-service")) as client,
    ):
        wait_until_ready(client)
        answer = _until_cross_encoder(client, {"query": "save", "documents": DOCUMENTS})
        assert answer["model"] == str(tiny)
        scores = {item["index"]: item["relevance_score"] for item in answer["results"]}
        assert scores == pytest.approx(dict(enumerate(reference)), abs=1e-4)
        assert list(scores) == sorted(scores, key=lambda index: -scores[index])
        assert all(0 <= score <= 1 for score in scores.values())
        best = client.post("/v1/rerank", json={"query": "save", "documents": DOCUMENTS, "top_n": 1}).json()
        assert best["results"] == answer["results"][:1]
        assert "loaded" in client.get("/health").json()["reranker"]
        long = client.post("/v1/rerank", json={"query": "save", "documents": ["grid " * 3000]})
        assert long.status_code == 200


def test_words_decide_while_the_model_is_loaded_and_where_it_can_not_be(tiny):
    gate = threading.Event()

    def never():
        gate.wait(20)
        raise OSError("no such model")

    with (
        running(_client_app(tiny, never)) as url,
        httpx.Client(base_url=url, headers=service_headers("embedding-service")) as client,
    ):
        wait_until_ready(client)
        answer = client.post("/v1/rerank", json={"query": "grid save", "documents": DOCUMENTS}).json()
        assert answer["method"] == "lexical"
        assert answer["results"][0]["index"] == 0
        gate.set()


def _until_cross_encoder(client: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    pause = threading.Event()
    for _ in range(300):
        answer: dict[str, Any] = client.post("/v1/rerank", json=body).json()
        if answer["method"] == "cross-encoder":
            return answer
        pause.wait(0.1)
    raise AssertionError("the cross-encoder was not loaded")
